"""Which pages hold a picture, a document or a video: those that two people looked at and that readers see, and those
that are looked at now or wait for their day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, ReferenceIndex, Revision, TaskState

from cms.models import BasePage
from hrdplatform.media.holding import holders, words_of_refusal
from hrdplatform.media.models import PlatformImage, PlatformVideo
from hrdplatform.office.choices import named_by
from hrdplatform.office.refusals import RefusedError


class HeldError(RefusedError):
    """Somebody wants to delete what a page holds."""

    def __init__(self, page: Page) -> None:
        super().__init__(words_of_refusal(page), code="held")


def pages_that_hold(item: models.Model) -> Iterator[Page]:
    """The pages that hold `item`, itself or as the still picture of a video."""
    kind = ContentType.objects.get_for_model(item)
    references = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id=str(item.pk))
    keys = references.filter(base_content_type=ContentType.objects.get_for_model(Page)).values_list(
        "object_id", flat=True
    )
    for page in Page.objects.live().filter(pk__in={int(key) for key in keys}).specific():
        if getattr(page, "four_eyes", False):
            yield page
    for page in waiting():
        if (type(item), str(item.pk)) in named_by(page):
            yield page
    if isinstance(item, PlatformImage):
        for video in PlatformVideo.objects.filter(poster=item):
            yield from pages_that_hold(video)


def waiting() -> Iterator[BasePage]:
    """The versions that somebody looks at now, or that go live by the clock."""
    looked_at = models.Q(task_states__status=TaskState.STATUS_IN_PROGRESS)
    versions = Revision.page_revisions.filter(looked_at | models.Q(approved_go_live_at__isnull=False))
    for version in versions.distinct():
        page = version.as_object()
        if getattr(page, "four_eyes", False):
            yield page


def stays(instance: models.Model, **_words: Any) -> None:
    """Before something is deleted, whichever way. Raises `HeldError`."""
    for page in holders(instance):
        raise HeldError(page)
