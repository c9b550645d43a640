"""When a page may go live: never with a part still in the source language, and never by one person alone."""

from __future__ import annotations

import json
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms import eyes
from hrdplatform.office.refusals import RefusedError
from hrdplatform.web import clock

if TYPE_CHECKING:
    from wagtail.models import Page, Revision
    from wagtail_localize.models import Translation, TranslationSource


class IncompleteTranslationError(RefusedError):
    """Parts of the translation are missing. The message says how many, for the person who wants to publish."""

    def __init__(self, total: int, translated: int) -> None:
        super().__init__(
            _("Nothing was published: %(missing)s of %(total)s texts are not translated yet. Your draft is kept."),
            code="incomplete_translation",
            params={"missing": total - translated, "total": total},
        )


class AloneError(RefusedError):
    """Somebody wants to publish words of her own that nobody else has said yes to."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was published: you wrote some of it, so somebody else looks at it first. Your draft is kept."),
            code="alone",
        )


class ChangedError(RefusedError):
    """Somebody lets go live what she was not shown: it has changed since, or she never opened it."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was published: there are newer words than you were shown. Open the page again and look at it."),
            code="changed",
        )


class LockedError(RefusedError):
    """Somebody else keeps a page as it is."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("Nothing was changed: “%(title)s” is locked. Who locked it or an editor unlocks it first."),
            code="locked",
            params={"title": title},
        )


class StaleTranslationError(RefusedError):
    """The draft of a translation was written before its newest text, and may still say what the source says."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was published: this draft is older than its translation. Publish it where it is translated."),
            code="stale_translation",
        )


class UnreadSourceError(RefusedError):
    """A translation was made from words that readers of its source do not see and never saw."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was published: the page that this one is translated from is not public as it was translated."),
            code="unread_source",
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
    refuse_locked(page, user)
    refuse_hidden_place(page)
    refuse_silent_video(page)
    translation = translation_into(page)
    if translation is None:
        refuse_alone(page, revision, user)
    else:
        refuse_translation(translation, user)
        refuse_stale(translation, revision)


def refuse_locked(page: Page, user: Any) -> None:
    """Raises `LockedError` where somebody else than `user` locked `page`."""
    if user is not None and page.locked and page.locked_by_id != user.pk:
        raise LockedError(page.get_admin_display_title())


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
    """Raises `AloneError` where four eyes are asked for and words of `user` in `revision` wait for somebody else."""
    if user is not None and getattr(page, "four_eyes", False) and eyes.waits(revision, user.pk):
        raise AloneError


def refuse_unapproved(revision: Revision) -> None:
    """Raises `AloneError` where four eyes are asked for and words in `revision` wait for somebody else than their
    writer. Asked when the day of a scheduled page has come.
    """
    kind = revision.content_type.model_class()
    if getattr(kind, "four_eyes", False) and eyes.story(int(revision.object_id)).unheard(revision.pk):
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
    """Raises `IncompleteTranslationError` for one with texts missing. Where four eyes are asked for, raises
    `UnreadSourceError` for one of words that readers were never shown, and `AloneError` where `user` translated some
    of what would go live.
    """
    check_complete(translation)
    kind = translation.source.specific_content_type.model_class()
    if not getattr(kind, "four_eyes", False):
        return
    refuse_unread_source(translation.source)
    if user is not None and translated_by(translation, user):
        raise AloneError


def refuse_unread_source(source: TranslationSource) -> None:
    """Raises `UnreadSourceError` unless the page that `source` was made from is public, and was so with these words."""
    here = {"translation_key": source.object_id, "locale_id": source.locale_id}
    page = source.specific_content_type.model_class().objects.filter(**here, live=True).first()
    if page is None or not eyes.were_public(page, json.loads(source.content_json)):
        raise UnreadSourceError


def translated_by(translation: Translation, user: Any) -> bool:
    """Whether `user` wrote texts of `translation` that did not go live yet."""
    from wagtail_localize.models import SegmentOverride, StringTranslation  # noqa: PLC0415  # as above

    source = translation.source
    here = {"locale_id": translation.target_locale_id, "context__object_id": source.object_id}
    settled = eyes.story(translation.get_target_instance().pk).settled_at(user.pk)
    hers = {**here, "last_translated_by": user.pk, **({"updated_at__gt": settled} if settled else {})}
    strings = StringTranslation.objects.filter(**hers, translation_of__in=source.stringsegment_set.values("string"))
    return bool(strings.exists() or SegmentOverride.objects.filter(**hers).exists())


def refuse_stale(translation: Translation, revision: Revision) -> None:
    """Raises `StaleTranslationError` where `revision` is not what was written from the newest texts of `translation`,
    or was written over since.

    What has a day was asked about when the day was set: texts written since wait for their own publication.
    """
    from wagtail_localize.models import TranslationLog  # noqa: PLC0415  # as above

    if revision.approved_go_live_at is not None and eyes.has_a_day(revision):
        return
    here = {"source": translation.source_id, "locale": translation.target_locale_id}
    written = TranslationLog.objects.filter(**here).order_by("-created_at").first()
    newest = newest_text(translation)
    changed = [revision.created_at, translation.source.last_updated_at, *([newest] if newest else [])]
    if written is None or written.revision_id != revision.pk or written.created_at < max(changed):
        raise StaleTranslationError


def newest_text(translation: Translation) -> datetime | None:
    """When the newest text of `translation` was written, or what it shows in place of something of the source."""
    from wagtail_localize.models import SegmentOverride, StringTranslation  # noqa: PLC0415  # as above

    here = {"locale_id": translation.target_locale_id, "context__object_id": translation.source.object_id}
    newest = [
        kind.objects.filter(**here).aggregate(newest=models.Max("updated_at"))["newest"]
        for kind in (StringTranslation, SegmentOverride)
    ]
    return max(filter(None, newest), default=None)


texts_shown: Final[ContextVar[str | None]] = ContextVar("texts_shown", default=None)
"""The mark of the texts that somebody was shown who publishes a translation; see `mark_of`."""


def refuse_unseen_texts(translation: Translation) -> None:
    """Raises `ChangedError` where a person publishes other texts than she was shown."""
    shown = texts_shown.get()
    if shown is not None and shown != mark_of(translation):
        raise ChangedError


def mark_of(translation: Translation) -> str:
    """What the translation's editor says of the texts that it shows: it changes with every newer one."""
    newest = newest_text(translation)
    return f"{translation.source.last_updated_at.isoformat()} {newest.isoformat() if newest else ''}"
