"""Fixed hours: notices of a held kind wait without any time of their own and are let go together at the next hour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .kinds import POLICIES
from .models import Notice, State, Turn
from .waking import wake


def last_hour(hours: Iterable[time], at: datetime) -> datetime:
    """The last of the fixed local `hours` that is not after `at`, today or yesterday."""
    here = timezone.localtime(at)
    days = (here.date(), here.date() - timedelta(days=1))
    moments = (datetime.combine(day, hour, tzinfo=here.tzinfo) for day in days for hour in hours)
    return max(moment for moment in moments if moment <= here)


def release(*, at: datetime, limit: int = 100) -> int:
    """Let go what waits for an hour that has come, and return how many notices. Each hour is taken once by anybody.

    `limit` is without meaning here: letting go in parts would tell the order in which notices were written.
    """
    return sum(_release(kind, last_hour(rule.hours, at), at=at) for kind, rule in POLICIES.items() if rule.hours)


def _release(kind: str, hour: datetime, *, at: datetime) -> int:
    with transaction.atomic():
        # A first run only notes the hour: releasing at once would tell when the waiting notice was written.
        turn, _created = Turn.objects.get_or_create(name=f"hours.{kind}", defaults={"done_at": hour})
        # Noted in the future: the clock was put back since.
        earlier = Q(done_at__lt=hour) | Q(done_at__gt=at)
        if not Turn.objects.filter(earlier, pk=turn.pk).update(done_at=hour):
            return 0
        released = Notice.objects.filter(kind=kind, state=State.HELD).update(state=State.WAITING)
        if released:
            wake("notices")
    return released
