"""Turns: of all workers and schedulers one does a piece of due work at a time, and each piece once in its period."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db.models import F, Q

from .models import Turn

HEARTBEAT = "heartbeat"
LEASE = timedelta(minutes=5)


def take(name: str, *, at: datetime, woken: bool = False, lease: timedelta = LEASE) -> str:
    """The word of a lease on `name`, or an empty one if it is somebody else's turn or not yet due.

    One UPDATE decides, so that of any number of callers one gets it. A wake-up does not wait for the period to pass. A
    lease that was never given back (its holder was killed) ends by itself.
    """
    Turn.objects.get_or_create(name=name)
    word = secrets.token_hex(16)
    free = Q(lease="") | Q(leased_until__lt=at)
    due = Q() if woken else Q(next_at__isnull=True) | Q(next_at__lte=at)
    taken = Turn.objects.filter(free & due, name=name).update(lease=word, leased_until=at + lease)
    return word if taken else ""


def finish(name: str, *, word: str, at: datetime, next_at: datetime) -> None:
    """Give the lease back after the work was done."""
    Turn.objects.filter(name=name, lease=word).update(
        lease="", leased_until=None, done_at=at, next_at=next_at, failures=0, failure=""
    )


def fail(name: str, *, word: str, next_at: datetime, failure: str) -> None:
    """Give the lease back after the work failed; `failure` names the class of the error."""
    Turn.objects.filter(name=name, lease=word).update(
        lease="", leased_until=None, next_at=next_at, failures=F("failures") + 1, failure=failure
    )


def heartbeat(*, at: datetime, limit: int = 100) -> int:
    """Due work that does nothing: that its turn was finished is the sign of life."""
    return 0


def last_heartbeat() -> datetime | None:
    """When the worker last gave its sign of life."""
    return Turn.objects.filter(name=HEARTBEAT).values_list("done_at", flat=True).first()
