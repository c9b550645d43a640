"""Writing the record: one row an event, in the transaction of the verb that did it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from .canonical import check_facts
from .events import Event
from .models import Entry


class ClocklessError(ValueError):
    """The time has no zone: nobody could say later which moment was meant."""


def day_of(at: datetime) -> datetime:
    """Midnight in Luxembourg of the day of `at`: all that is kept of the time of a defender's act."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def record(
    event: Event,
    *,
    actor: str,
    object: str,  # noqa: A002  # the grammatical object of the sentence
    at: datetime,
    door: str = "",
    **facts: object,
) -> Entry:
    """Write one entry in the current transaction; it stands or falls with the verb's own changes.

    `actor` is `user:<id>`, `defender` or `system`; `object` is `<noun>:<id>`. For the aid door only the day is kept.
    Facts are short plain values, never content. Raises `FactError`, `ClocklessError`.
    """
    made = entry(event, actor=actor, object=object, at=at, door=door, **facts)
    made.save(force_insert=True)
    return made


def entry(
    event: Event,
    *,
    actor: str,
    object: str,  # noqa: A002  # as above
    at: datetime,
    door: str = "",
    **facts: object,
) -> Entry:
    """Return the unsaved entry that `record` would write."""
    if timezone.is_naive(at):
        raise ClocklessError("`at` needs a time zone.")
    return Entry(
        event=Event(event),
        actor=actor,
        object=object,
        door=door,
        at=day_of(at) if door == "aid" else at,
        facts=check_facts(facts),
    )
