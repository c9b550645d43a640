"""Pages that go live or end by the clock, and what ends with them."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page, Revision

from cms.rules import refuse_unapproved

logger = logging.getLogger(__name__)

SCHEDULED: Final = "wagtail.unpublish.scheduled"
"""What the log of a page calls its end by the clock."""


def publish_due(*, at: datetime, limit: int = 100) -> int:
    """Takes ended pages off and publishes what was approved for a moment before `at`. Answers how many.

    Idempotent; each page in a transaction of its own, which also says that kept pages are out of date. What may not go
    live loses its date and stays a draft: a translation that is not complete stands in the office's list of those to
    look after, the others, as a lesson whose course is not public, wait for somebody to submit them again.
    """
    done = 0
    for page in Page.objects.filter(live=True, expire_at__lte=at).order_by("expire_at")[:limit]:
        with transaction.atomic():
            page.specific.unpublish(set_expired=True, log_action=SCHEDULED)
        done += 1
    due = Revision.page_revisions.filter(approved_go_live_at__lte=at).order_by("approved_go_live_at")[:limit]
    for revision in sorted(due, key=depth):
        done += publish_one(revision)
    return done


def depth(revision: Revision) -> int:
    """How far down the page of a revision stands: courses go live before their lessons."""
    return int(revision.content_object.depth)


def publish_one(revision: Revision) -> int:
    """Publishes one revision, or takes its date away where it may not go live."""
    try:
        with transaction.atomic():
            refuse_unapproved(revision)
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as refused:
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        facts = {"revision": revision.pk, "failure": type(refused).__name__}
        logger.warning("not_published_by_the_clock", extra={"facts": facts})
        return 0
    return 1


def end_below(page: Page) -> None:
    """`page` is public no longer: nor is what stands below it, and nothing there goes live by the clock.

    A page that is about to be deleted is still live as it is stored; what stands below it is deleted with it.
    """
    if Page.objects.filter(pk=page.pk, live=True).exists():
        return
    below = page.get_descendants()
    for one in below.live().specific():
        one.unpublish(set_expired=page.expired, log_action=SCHEDULED if page.expired else True)
    numbers = [str(pk) for pk in below.values_list("pk", flat=True)]
    Revision.page_revisions.filter(object_id__in=numbers, approved_go_live_at__isnull=False).update(
        approved_go_live_at=None
    )
