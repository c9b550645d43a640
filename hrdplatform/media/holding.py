"""What pages hold that two people looked at: their pictures, documents and videos stay as they were looked at.

A room says which of its pages hold something (`register_holder`). What readers see of it stays: another one is added
and chosen on the page, where a second person looks. Its words are changed by those who may publish these pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page

Holders = Callable[[models.Model], Iterable[Page]]

_finders: list[Holders] = []


def register_holder(find: Holders) -> None:
    """Lets `find` name the pages of a room that hold something."""
    _finders.append(find)


def holders(item: models.Model) -> list[Page]:
    """The pages that hold `item`."""
    return [page for find in _finders for page in find(item)]


def words_of_refusal(page: Page) -> str:
    """Why something stays, and what to do."""
    return _("It stays as it is on “%(page)s”, where two people looked at it. Add another one and choose it there.") % {
        "page": page.get_admin_display_title()
    }


class HeldForm:
    """In front of a form of something that pages may hold."""

    stays: ClassVar[frozenset[str]] = frozenset({"file"})
    """The fields that nobody changes while a page holds it."""

    said: ClassVar[frozenset[str]] = frozenset()
    """The words that readers see."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.writer = options.get("user") or options.get("for_user")
        super().__init__(*arguments, **options)

    @cached_property
    def held(self) -> list[Page]:
        """The pages that hold what the form is about."""
        return holders(self.instance) if self.instance.pk else []  # type: ignore[attr-defined]  # a model form's

    def clean(self) -> Any:
        """Also refuses what may not change, and what somebody else has to change."""
        cleaned = super().clean()  # type: ignore[misc]  # as above
        changed = set(self.changed_data)  # type: ignore[attr-defined]  # as above
        refused = self.change_refused() if changed & self.stays else ""
        if refused := refused or (self.words_refused() if changed & self.said else ""):
            self.add_error(None, refused)  # type: ignore[attr-defined]  # as above
        return cleaned

    def change_refused(self) -> str:
        """Why it stays as it is; empty where no page holds it."""
        return words_of_refusal(self.held[0]) if self.held else ""

    def words_refused(self) -> str:
        """Why the writer may not change words that readers see; empty where she may."""
        for page in self.held:
            if self.writer is None or not page.permissions_for_user(self.writer).can_publish():
                title = page.get_admin_display_title()
                return _("Readers see this on “%(page)s”: an editor changes its words.") % {"page": title}
        return ""
