"""The moments at which the clock alone changes what pages of learning show."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, Q

from cms.models import Entry


def next_moment(at: datetime) -> datetime | None:
    """The next moment after `at` at which a training begins or ends. One query.

    Days (check again by, register by) change at midnight, which ends every kept copy. Pages that go live or expire at
    an hour are published and taken off by the worker, which says so like any other publishing verb.
    """
    found = Entry.objects.aggregate(
        begins=Min("starts_at", filter=Q(starts_at__gt=at)), ends=Min("ends_at", filter=Q(ends_at__gt=at))
    )
    return min((moment for moment in found.values() if moment is not None), default=None)
