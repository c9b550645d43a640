"""The moments at which the clock alone changes what pages of learning show."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime

from cms.domain.catalogue import ROOM
from cms.models import Entry
from cms.states import Format
from hrdplatform.web import generations


def next_moment(at: datetime) -> datetime | None:
    """The next moment after `at` at which a training begins or ends. One query until something in the room changes.

    Days (check again by, register by) change at midnight, which ends every kept copy. Pages that go live or expire at
    an hour are published and taken off by the worker, which says so like any other publishing verb.
    """
    moments = generations.remembered(ROOM, "moments", all_moments)
    place = bisect_right(moments, at)
    return moments[place] if place < len(moments) else None


def all_moments() -> tuple[datetime, ...]:
    """When trainings of the catalogue begin and end, in order."""
    trainings = Entry.objects.filter(format=Format.TRAINING).values_list("starts_at", "ends_at")
    return tuple(sorted(moment for both in trainings for moment in both if moment is not None))
