"""Sweeping: rows of notices that went out are deleted after a month."""

from __future__ import annotations

from datetime import datetime, timedelta

from .models import Notice, State

KEPT = timedelta(days=30)


def sweep(*, at: datetime, limit: int = 1000) -> int:
    """Delete up to `limit` notices that were sent more than 30 days before `at`; return how many."""
    old = Notice.objects.filter(state=State.SENT, sent_at__lt=at - KEPT).values_list("pk", flat=True)[:limit]
    deleted, _rows = Notice.objects.filter(pk__in=list(old)).delete()
    return deleted
