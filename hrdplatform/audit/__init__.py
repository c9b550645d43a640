"""The audit record: append-only rows, hash-chained, with a signed head that is kept outside the house.

Other rooms write `audit.record(Event.X, actor=…, object=…, at=…)` inside their verb; a verb that writes all its rows at
once takes the unsaved `audit.entry(…)` among them.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .events import Event

if TYPE_CHECKING:
    from .models import Entry

__all__ = ["Event", "entry", "record"]


def record(
    event: Event,
    *,
    actor: str,
    object: str,  # noqa: A002  # the grammatical object of the sentence
    at: datetime,
    door: str = "",
    **facts: object,
) -> Entry:
    """Write one entry in the current transaction; see `hrdplatform.audit.writing.record`."""
    from .writing import record as write  # noqa: PLC0415  # models load after the apps are ready

    return write(event, actor=actor, object=object, at=at, door=door, **facts)


def entry(
    event: Event,
    *,
    actor: str,
    object: str,  # noqa: A002  # as above
    at: datetime,
    door: str = "",
    **facts: object,
) -> Entry:
    """Return an unsaved entry, for a verb that inserts it in its own transaction; see `hrdplatform.audit.writing`."""
    from .writing import entry as make  # noqa: PLC0415  # as above

    return make(event, actor=actor, object=object, at=at, door=door, **facts)
