"""Pages whose translation is missing, incomplete or out of date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation, TranslationSource

from cms.queries import HOME_DEPTH
from hrdplatform.office.unfinished import Unfinished
from hrdplatform.web.languages import PUBLIC
from hrdplatform.web.texts import State


def pages(user: Any) -> Iterable[Unfinished]:
    """What `user`, who may edit the source page, can look after. Only live sources count."""
    mine = page_permission_policy.instances_user_has_permission_for(user, "change").filter(depth__gte=HOME_DEPTH)
    families: dict[Any, dict[str, Page]] = defaultdict(dict)
    for page in mine.select_related("locale", "content_type").order_by("pk"):
        families[page.translation_key].setdefault(page.locale.language_code, page)
    sources = {source.object_id: source for source in TranslationSource.objects.select_related("locale")}
    running = running_translations()
    for key, family in families.items():
        source = sources.get(key)
        language = source.locale.language_code if source else next(iter(family))
        original = family.get(language)
        if original is None or not original.live:
            continue
        for other in PUBLIC:
            state = state_of(original, family.get(other), source, running.get((key, other)))
            if other != language and state != State.CURRENT:
                yield row(original, family.get(other), other, state)


def running_translations() -> dict[tuple[Any, str], Translation]:
    """The enabled translations by translation key and language."""
    enabled = Translation.objects.filter(enabled=True).select_related("source", "target_locale")
    return {(running.source.object_id, running.target_locale.language_code): running for running in enabled}


def state_of(
    original: Page, target: Page | None, source: TranslationSource | None, translation: Translation | None
) -> State:
    """Missing: no page, one that is not live, or an incomplete one. Out of date: the source was published since."""
    if target is None or not target.live:
        return State.MISSING
    if translation is None:
        return State.CURRENT
    total, translated = translation.get_progress()
    if translated < total:
        return State.MISSING
    published = original.last_published_at
    stale = published is not None and source is not None and source.last_updated_at < published
    return State.OUTDATED if stale else State.CURRENT


def row(original: Page, target: Page | None, language: str, state: State) -> Unfinished:
    """Leads to the translation where there is one, else to the source."""
    return Unfinished(
        title=original.title,
        kind=str(original.content_type.model_class()._meta.verbose_name),  # noqa: SLF001  # Django's documented name
        language=language,
        state=state,
        address=reverse("wagtailadmin_pages:edit", args=[(target or original).pk]),
    )
