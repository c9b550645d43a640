"""Pictures of live pages in all their sizes, made by the worker so that no reader waits for them.

A page that goes live orders its pictures, beside its entry in the catalogue. Whatever cannot be made is tried again
later and in the end left alone: the page shows what there is.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from wagtail.models import Page

from cms.domain.catalogue import ROOM
from hrdplatform.media import sizes
from hrdplatform.media.models import PictureOrder, PlatformImage, PlatformVideo
from hrdplatform.office.choices import named_by
from hrdplatform.web import generations

logger = logging.getLogger(__name__)

PICTURES_A_ROUND: Final = 5
"""A large one takes ten seconds; a round stays far below its lease."""

MOST_TRIES: Final = 5
PAUSE: Final = timedelta(minutes=10)


def want_of(page: Page, *, at: datetime) -> None:
    """Orders the sizes of every picture that `page` shows, posters of its videos included. Idempotent."""
    named = named_by(page)
    videos, images = ([key for model, key in named if model is kind] for kind in (PlatformVideo, PlatformImage))
    posters = PlatformVideo.objects.filter(pk__in=videos, poster__isnull=False)
    wanted = {*map(int, images), *posters.values_list("poster", flat=True)}
    for image in PlatformImage.objects.filter(pk__in=wanted):
        PictureOrder.objects.update_or_create(image=image, defaults={"due_at": at, "tries": 0})


def due(at: datetime) -> models.QuerySet[PictureOrder]:
    """The orders that are to be tried now, the oldest first."""
    return PictureOrder.objects.filter(due_at__lte=at, tries__lt=MOST_TRIES).order_by("due_at", "pk")


def pending(at: datetime) -> bool:
    """Whether there is something to make."""
    return due(at).exists()


def make_due(*, at: datetime, limit: int = PICTURES_A_ROUND) -> int:
    """Makes what is missing, one picture after the other. Answers how many pictures are complete now. Idempotent."""
    orders = list(due(at).select_related("image")[: min(limit, PICTURES_A_ROUND)])
    return sum(make(order, at=at) for order in orders)


def make(order: PictureOrder, *, at: datetime) -> bool:
    """Makes one picture's sizes, after which kept pages are out of date; puts the order off where that fails."""
    try:
        sizes.make(order.image)
    except sizes.UNMADE as error:
        put_off(order, at=at)
        facts = {"image": order.pk, "failure": type(error).__name__}
        logger.warning("picture_not_made", extra={"facts": facts})
        return False
    order.delete()
    generations.bump(ROOM)
    return True


def put_off(order: PictureOrder, *, at: datetime) -> None:
    """After growing pauses, and no more after the last try: until a page with the picture is published again."""
    order.due_at = at + PAUSE * 2**order.tries
    order.tries += 1
    order.save(update_fields=["due_at", "tries"])
