"""Pages that go live or end by the clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Revision

from cms.rules import IncompleteTranslationError


def publish_due(*, at: datetime, limit: int = 100) -> int:
    """Takes ended pages off and publishes what was approved for a moment before `at`. Answers how many.

    Idempotent; each page in a transaction of its own. A translation that is not complete loses its date and stays a
    draft: it stands in the office's list of translations to look after.
    """
    done = 0
    for page in Page.objects.filter(live=True, expire_at__lte=at).order_by("expire_at")[:limit]:
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        done += 1
    for revision in Revision.objects.filter(approved_go_live_at__lte=at).order_by("approved_go_live_at")[:limit]:
        done += publish_one(revision)
    return done


def publish_one(revision: Revision) -> int:
    """Publishes one approved revision, or takes its date away where the translation is incomplete."""
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except IncompleteTranslationError:
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        return 0
    return 1
