"""When a translated page may go live: never with a part still in the source language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hrdplatform.office.refusals import RefusedError

if TYPE_CHECKING:
    from wagtail.models import Page
    from wagtail_localize.models import Translation


class IncompleteTranslationError(RefusedError):
    """Parts of the translation are missing. The message says how many, for the person who wants to publish."""

    def __init__(self, total: int, translated: int) -> None:
        super().__init__(
            _("Nothing was published: %(missing)s of %(total)s texts are not translated yet. Your draft is kept."),
            code="incomplete_translation",
            params={"missing": total - translated, "total": total},
        )


def translation_into(page: Page) -> Translation | None:
    """The running translation that `page` is the target of; none for sources and for pages taken out of translation."""
    from wagtail_localize.models import Translation  # noqa: PLC0415  # its models need the app registry; ours load first

    return (
        Translation.objects.select_related("source", "target_locale")
        .filter(source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True)
        .first()
    )


def check_complete(translation: Translation) -> None:
    """Raises `IncompleteTranslationError` unless every text has a translation without an error."""
    total, translated = translation.get_progress()
    if translated < total:
        raise IncompleteTranslationError(total, translated)


def refuse_incomplete(page: Page) -> None:
    """Raises `IncompleteTranslationError` when `page` is the target of a running translation that is not complete."""
    translation = translation_into(page)
    if translation is not None:
        check_complete(translation)
