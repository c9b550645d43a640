"""When a page may go live: never with a part still in the source language, and never by one person alone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from hrdplatform.office.refusals import RefusedError
from hrdplatform.web import clock

if TYPE_CHECKING:
    from wagtail.models import Page, PageLogEntry, Revision
    from wagtail_localize.models import Translation


class IncompleteTranslationError(RefusedError):
    """Parts of the translation are missing. The message says how many, for the person who wants to publish."""

    def __init__(self, total: int, translated: int) -> None:
        super().__init__(
            _("Nothing was published: %(missing)s of %(total)s texts are not translated yet. Your draft is kept."),
            code="incomplete_translation",
            params={"missing": total - translated, "total": total},
        )


class AloneError(RefusedError):
    """The person who wrote what would go live wants to publish it."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was published: you wrote this last, so somebody else looks at it first. Your draft is kept."),
            code="alone",
        )


class ChangedError(RefusedError):
    """Somebody lets go live what she was not shown: it has changed since, or she never opened it."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was published: there are newer words than you were shown. Open the page again and look at it."),
            code="changed",
        )


class StaleTranslationError(RefusedError):
    """The draft of a translation was written before its newest text, and may still say what the source says."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was published: this draft is older than its translation. Publish it where it is translated."),
            code="stale_translation",
        )


class SilentVideoError(RefusedError):
    """A video lacks what somebody needs who cannot hear or see it."""

    def __init__(self, title: str, lacks: str) -> None:
        super().__init__(
            _("The video “%(title)s” needs %(lacks)s first. Your draft is kept."),
            code="silent_video",
            params={"title": title, "lacks": lacks},
        )


class LiveCopyError(RefusedError):
    """A copy or an alias would be public at once, without a second look."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was made: what others have not looked at cannot be public at once. Make the copy a draft."),
            code="live_copy",
        )


class UntranslatedParentError(RefusedError):
    """A translation would stand below a page that its language does not have."""

    def __init__(self) -> None:
        super().__init__(_("Translate the page above this one first."), code="untranslated_parent")


class HiddenPlaceError(RefusedError):
    """A page would be public below one that is not: no reader finds the way there."""

    def __init__(self, above: str) -> None:
        super().__init__(
            _("“%(title)s”, the page above, is not public. Publish that one first; until then this stays as it is."),
            code="hidden_place",
            params={"title": above},
        )


def refuse_publication(page: Page, revision: Revision, user: Any) -> None:
    """Every way of publishing a page of ours asks here; see `guard`. Raises a `RefusedError` with the words for `user`.

    `user` is None for the platform itself: the clock that publishes what was approved, the demo, the worker.
    """
    refuse_hidden_place(page)
    refuse_silent_video(page)
    translation = translation_into(page)
    if translation is None:
        refuse_alone(page, revision, user)
    else:
        refuse_translation(translation, user)
        refuse_stale(translation, revision)


def refuse_hidden_place(page: Page) -> None:
    """Raises `HiddenPlaceError` below a page that is not public; a day to come is asked about when it is there."""
    if page.go_live_at and page.go_live_at > clock.now():
        return
    above = page.get_parent()
    if not above.live:
        raise HiddenPlaceError(above.title)


def refuse_silent_video(page: Page) -> None:
    """Raises `SilentVideoError` where a video on `page` lacks captions or a transcript; see `PlatformVideo.lacking`."""
    from cms.domain.findings import videos_of  # noqa: PLC0415  # models import these rules

    for video in videos_of(page):
        if lacks := video.lacks:
            raise SilentVideoError(video.title, lacks)


def refuse_alone(page: Page, revision: Revision, user: Any) -> None:
    """Raises `AloneError` where four eyes are asked for and `user` wrote `revision`, unless another approved it."""
    if user is None or not getattr(page, "four_eyes", False) or revision.user_id != user.pk:
        return
    if not approved_by_another(revision):
        raise AloneError


def approved_by_another(revision: Revision) -> bool:
    """Whether somebody who did not write `revision` approved it."""
    approved = revision.task_states.filter(status="approved", finished_by__isnull=False)
    return bool(approved.exclude(finished_by=revision.user_id).exists())


def dated(revision: Revision) -> models.QuerySet[PageLogEntry]:
    """The entries in the log of a page about the day on which `revision` is to go live: who set it."""
    from wagtail.models import PageLogEntry  # noqa: PLC0415  # its models need the app registry; ours load first

    entries: models.QuerySet[PageLogEntry] = PageLogEntry.objects.filter(revision=revision)
    return entries.filter(action="wagtail.publish.schedule")


def refuse_unapproved(revision: Revision) -> None:
    """Raises `AloneError` where four eyes are asked for and nobody but its writer let `revision` go live.

    Asked when the day of a scheduled page has come.
    """
    kind = revision.content_type.model_class()
    if not getattr(kind, "four_eyes", False) or revision.user_id is None:
        return
    if not (approved_by_another(revision) or dated(revision).exclude(user_id=revision.user_id).exists()):
        raise AloneError


def may_be_written_over(revision: Revision) -> bool:
    """Whether newer words may take the place of those in `revision`: not where somebody was asked about them or said
    yes to them, nor where readers see them or will.
    """
    live = revision.content_object.live_revision_id == revision.pk
    return not (live or revision.approved_go_live_at or revision.task_states.exists())


def as_shown(revision: Revision) -> str:
    """What the editor says of the version that it shows: its number, and when its words were written."""
    return f"{revision.pk} {revision.created_at.isoformat()}"


def refuse_unseen(revision: Revision, shown: object) -> None:
    """Raises `ChangedError` where a person decides about `revision` and was shown something else."""
    if shown != as_shown(revision):
        raise ChangedError


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


def refuse_translation(translation: Translation, user: Any) -> None:
    """Raises `IncompleteTranslationError` for one with texts missing, `AloneError` where four eyes are asked for and
    `user` translated the newest text of it.
    """
    check_complete(translation)
    kind = translation.source.specific_content_type.model_class()
    newest = newest_text(translation)
    if user is not None and getattr(kind, "four_eyes", False) and newest is not None and newest.by == user.pk:
        raise AloneError


def refuse_stale(translation: Translation, revision: Revision) -> None:
    """Raises `StaleTranslationError` where `revision` is not what was written from the newest texts of `translation`.

    What has a day was asked about when the day was set: texts written since wait for their own publication.
    """
    from wagtail_localize.models import TranslationLog  # noqa: PLC0415  # as above

    here = {"source": translation.source_id, "locale": translation.target_locale_id}
    written = TranslationLog.objects.filter(**here).order_by("-created_at").first()
    newest = newest_text(translation)
    changed = [translation.source.last_updated_at, *([newest.at] if newest else [])]
    fresh = written is not None and written.revision_id == revision.pk and written.created_at >= max(changed)
    if not fresh and not dated(revision).exists():
        raise StaleTranslationError


class Text(NamedTuple):
    """When a text of a translation was written, and by whom."""

    at: datetime
    by: int | None


def newest_text(translation: Translation) -> Text | None:
    """The newest text of `translation`, or what it shows in place of something of the source; None without any."""
    from wagtail_localize.models import SegmentOverride, StringTranslation  # noqa: PLC0415  # as above

    here = {"locale_id": translation.target_locale_id, "context__object_id": translation.source.object_id}
    newest = [
        kind.objects.filter(**here).order_by("-updated_at").values_list("updated_at", "last_translated_by").first()
        for kind in (StringTranslation, SegmentOverride)
    ]
    return max((Text(*row) for row in newest if row is not None), key=lambda text: text.at, default=None)


def mark_of(translation: Translation) -> str:
    """What the translation's editor says of the texts that it shows: it changes with every newer one."""
    newest = newest_text(translation)
    return f"{translation.source.last_updated_at.isoformat()} {newest.at.isoformat() if newest else ''}"
