"""Turns: of all workers and schedulers one does a piece of due work at a time, and each piece once in its period."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from time import monotonic
from typing import Protocol

from django.db.models import F, Q
from django.utils import timezone

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


@dataclass(frozen=True)
class Due:
    """One piece of due work: its name, what does it, and how often.

    `pending` is a cheap look whether there is anything to do, for work that is looked after each second. `hour` is the
    local hour of work that is done once a day.
    """

    name: str
    function: Work
    period: timedelta
    pending: Callable[[datetime], bool] | None = None
    hour: int | None = None

    def next_after(self, at: datetime) -> datetime:
        """When the work is due again after it was done at `at`."""
        if self.hour is None:
            return at + self.period
        here = timezone.localtime(at)
        day = here.date() if here.hour < self.hour else here.date() + timedelta(days=1)
        return datetime.combine(day, time(self.hour), tzinfo=here.tzinfo)


def do(due: Due, *, at: datetime, woken: bool = False) -> int | None:
    """Do the work if it is its time and nobody else's turn; the number of rows done, or null where it was not done.

    Whatever it raises is logged by its class and noted on the turn; the next try comes after a growing pause.
    """
    word = take(due, at=at, woken=woken)
    if not word:
        return None
    began = monotonic()
    try:
        done = due.function(at=at, limit=LIMIT)
    except Exception as error:  # noqa: BLE001  # one piece of work that fails must not keep the others from being done
        failure = type(error).__name__
        logger.error("work_failed", extra={"facts": {"work": due.name, "failure": failure}})  # noqa: TRY400  # no words
        fail(due, word=word, at=at, failure=failure)
        return None
    now = at + timedelta(seconds=monotonic() - began)
    finish(due.name, word=word, at=now, next_at=at if done >= LIMIT else due.next_after(at))
    return done


def take(due: Due, *, at: datetime, woken: bool = False) -> str:
    """The word of a lease on the work, or an empty one if it is somebody else's turn or not yet due.

    One UPDATE decides, so that of any number of callers one gets it. A wake-up does not wait for the period to pass. A
    lease that was never given back (its holder was killed) ends by itself, and so does what was noted in a future that
    the clock has left again.
    """
    Turn.objects.get_or_create(name=due.name, defaults={"next_at": None if due.hour is None else due.next_after(at)})
    word = secrets.token_hex(16)
    free = Q(lease="") | Q(leased_until__lt=at) | Q(leased_until__gt=at + LEASE)
    ahead = at + max(due.period, LONGEST_PAUSE) + timedelta(hours=1)
    is_due = Q() if woken else Q(next_at__isnull=True) | Q(next_at__lte=at) | Q(next_at__gt=ahead)
    taken = Turn.objects.filter(free & is_due, name=due.name).update(lease=word, leased_until=at + LEASE)
    return word if taken else ""


def finish(name: str, *, word: str, at: datetime, next_at: datetime) -> None:
    """Give the lease back after the work was done."""
    Turn.objects.filter(name=name, lease=word).update(
        lease="", leased_until=None, done_at=at, next_at=next_at, failures=0, failure=""
    )


def fail(due: Due, *, word: str, at: datetime, failure: str) -> None:
    """Give the lease back after the work failed; `failure` names the class of the error."""
    turn = Turn.objects.filter(name=due.name, lease=word)
    failures = turn.values_list("failures", flat=True).first() or 0
    pause = min(timedelta(seconds=2 ** min(failures, 10)), LONGEST_PAUSE)
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
