"""Translations that somebody must look after: what is missing in a language, what is out of date there.

Rooms with another kind of translation (pages) register a provider; rows with texts per language are looked at here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.permissions import policy_registry

from hrdplatform.office.policies import OwnedPolicy
from hrdplatform.web.languages import NAMES
from hrdplatform.web.texts import State, TranslatedTexts, rooms


@dataclass(frozen=True, kw_only=True)
class Unfinished:
    """One thing in one language; `address` leads to where it can be put right, `detail` may say more of the state."""

    title: str
    kind: str
    language: str
    state: State
    address: str
    detail: str = ""

    @property
    def language_name(self) -> str:
        return NAMES[self.language]

    @property
    def state_name(self) -> str:
        return str(self.state.label)


Provider = Callable[[Any], Iterable[Unfinished]]

_providers: list[Provider] = []


def register_provider(provider: Provider) -> None:
    """Adds another kind of translation: `provider(user)` answers what that person may put right."""
    if provider not in _providers:
        _providers.append(provider)


def unfinished_for(user: Any) -> list[Unfinished]:
    """Everything unfinished that `user` may change: missing first, then by kind and title."""
    found = [row for provider in (texts, *_providers) for row in provider(user)]
    return sorted(found, key=lambda row: (row.state != State.MISSING, row.kind, row.title, row.language))


def texts(user: Any) -> Iterable[Unfinished]:
    """The rows with texts per language."""
    for model in rooms():
        policy = policy_registry.get_by_type(model, fallback=False)
        if isinstance(policy, OwnedPolicy):
            finder = AdminURLFinder(user)
            rows: models.QuerySet[TranslatedTexts] = policy.instances_user_has_any_permission_for(user, ["change"])
            for row in rows.order_by("pk"):
                yield from of_row(row, finder)


def of_row(row: TranslatedTexts, finder: AdminURLFinder) -> Iterable[Unfinished]:
    """What is unfinished in one row; the edit form opens at the tab of the language."""
    address = finder.get_edit_url(row) or ""
    kind = str(row._meta.verbose_name)  # noqa: SLF001  # Django's documented name
    for language, state in row.unfinished().items():
        tab = f"{address}#tab-{NAMES[language].lower()}"
        yield Unfinished(title=str(row), kind=kind, language=language, state=state, address=tab)


def list_address() -> str:
    """The address of the list; empty where there is no office in this process."""
    try:
        return reverse("office_unfinished")
    except NoReverseMatch:
        return ""
