"""Turns: of all workers and schedulers one does a piece of due work at a time, and each piece once in its period."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from time import monotonic
from typing import Protocol

from django.db.models import F, Q

from .models import Turn

logger = logging.getLogger(__name__)

HEARTBEAT = "heartbeat"
LEASE = timedelta(minutes=15)
"""Longer than any round of work takes. Work must be safe beyond it: leases save effort, they do not make it correct."""

LIMIT = 25
"""Rows in one round: a worker that is asked to stop finishes its round first."""

LONGEST_PAUSE = timedelta(minutes=10)


class Work(Protocol):
    """What a room offers: does what is due at `at`, at most `limit` rows of it, and returns how many it did."""

    def __call__(self, *, at: datetime, limit: int = ...) -> int: ...


def do(name: str, work: Work, *, period: timedelta, at: datetime, woken: bool = False) -> int | None:
    """Do `work` if it is its time and nobody else's turn; the number of rows done, or null where it was not done.

    Whatever it raises is logged by its class and noted on the turn; the next try comes after a growing pause.
    """
    word = take(name, at=at, period=period, woken=woken)
    if not word:
        return None
    began = monotonic()
    try:
        done = work(at=at, limit=LIMIT)
    except Exception as error:  # noqa: BLE001  # one piece of work that fails must not keep the others from being done
        logger.error("work_failed", extra={"work": name, "failure": type(error).__name__})  # noqa: TRY400  # no locals
        fail(name, word=word, at=at, period=period, failure=type(error).__name__)
        return None
    now = at + timedelta(seconds=monotonic() - began)
    finish(name, word=word, at=now, next_at=at if done >= LIMIT else at + period)
    return done


def take(name: str, *, at: datetime, period: timedelta, woken: bool = False) -> str:
    """The word of a lease on `name`, or an empty one if it is somebody else's turn or not yet due.

    One UPDATE decides, so that of any number of callers one gets it. A wake-up does not wait for the period to pass. A
    lease that was never given back (its holder was killed) ends by itself, and so does what was noted in a future that
    the clock has left again.
    """
    Turn.objects.get_or_create(name=name)
    word = secrets.token_hex(16)
    free = Q(lease="") | Q(leased_until__lt=at) | Q(leased_until__gt=at + LEASE)
    ahead = at + max(period, LONGEST_PAUSE)
    due = Q() if woken else Q(next_at__isnull=True) | Q(next_at__lte=at) | Q(next_at__gt=ahead)
    taken = Turn.objects.filter(free & due, name=name).update(lease=word, leased_until=at + LEASE)
    return word if taken else ""


def finish(name: str, *, word: str, at: datetime, next_at: datetime) -> None:
    """Give the lease back after the work was done."""
    Turn.objects.filter(name=name, lease=word).update(
        lease="", leased_until=None, done_at=at, next_at=next_at, failures=0, failure=""
    )


def fail(name: str, *, word: str, at: datetime, period: timedelta, failure: str) -> None:
    """Give the lease back after the work failed; `failure` names the class of the error."""
    turn = Turn.objects.filter(name=name, lease=word)
    failures = turn.values_list("failures", flat=True).first() or 0
    pause = max(period, min(timedelta(seconds=2 ** min(failures, 10)), LONGEST_PAUSE))
    turn.update(lease="", leased_until=None, next_at=at + pause, failures=F("failures") + 1, failure=failure)


def failing() -> list[Turn]:
    """The pieces of work whose last round failed, for the office and the doctor."""
    return list(Turn.objects.filter(failures__gt=0).order_by("name"))


def heartbeat(*, at: datetime, limit: int = LIMIT) -> int:
    """Due work that does nothing: that its turn was finished is the sign of life."""
    return 0


def last_heartbeat() -> datetime | None:
    """When the worker last gave its sign of life."""
    return Turn.objects.filter(name=HEARTBEAT).values_list("done_at", flat=True).first()
