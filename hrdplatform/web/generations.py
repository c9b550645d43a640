"""Generations of rooms: what tells a kept copy of a page that something in it may have changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar

from django.db import models, transaction
from django.db.models import F
from django.db.models.signals import m2m_changed, post_delete, post_save

from hrdplatform.web.models import Generation

T = TypeVar("T")

FRESH_SECONDS: Final = 1.0
"""A process asks the database at most this often, so a change is seen everywhere within this time."""
LONGEST: Final = timedelta(minutes=5)
"""No kept page and nothing remembered lives longer, whatever was forgotten to be said."""


@transaction.atomic
def bump(room: str) -> None:
    """Says, in the transaction of a change, that pages which read from `room` may look different.

    This process knows at once; others when they ask next.
    """
    changed = Generation.objects.filter(room=room).update(number=F("number") + 1)
    if not changed:
        Generation.objects.get_or_create(room=room, defaults={"number": 1})
    forget()
    transaction.on_commit(forget)  # another thread may have read the old number meanwhile


watched: dict[str, list[type[models.Model]]] = {}
"""By room, the models whose rows its pages show as they are stored."""


def watch(room: str, *kinds: type[models.Model]) -> None:
    """Bumps `room` with each row of `kinds` that is written or deleted: by the office, a verb or a command.

    `QuerySet.update` and `bulk_create` tell nobody: a verb that uses them bumps by itself.
    Called once for each room, when the apps are ready.
    """

    def written(**_words: Any) -> None:
        bump(room)

    for kind in kinds:
        uid = f"{room}.{kind._meta.label_lower}"  # noqa: SLF001  # Django's documented name
        for signal in (post_save, post_delete):
            signal.connect(written, sender=kind, weak=False, dispatch_uid=uid)
        for relation in kind._meta.many_to_many:  # noqa: SLF001
            if relation.model is kind:
                m2m_changed.connect(written, sender=relation.remote_field.through, weak=False, dispatch_uid=uid)
    watched.setdefault(room, []).extend(kinds)


@dataclass(frozen=True)
class _Memory:
    """What this process remembers of one generation of a room, and since when."""

    number: int
    since: float
    values: dict[str, Any]


class _Known:
    """What this process read last, and when."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.numbers: dict[str, int] = {}
        self.read_at = float("-inf")
        self.memories: dict[str, _Memory] = {}


_known = _Known()


def current(rooms: Iterable[str]) -> tuple[int, ...]:
    """The generation of each of `rooms`, in their order, at most `FRESH_SECONDS` old."""
    with _known.lock:
        if time.monotonic() - _known.read_at >= FRESH_SECONDS:
            asked_at = time.monotonic()
            _known.numbers = dict(Generation.objects.values_list("room", "number"))
            _known.read_at = asked_at
        return tuple(_known.numbers.get(room, 0) for room in rooms)


def remembered(room: str, name: str, make: Callable[[], T]) -> T:
    """What `make` answered in this generation of `room`: for small things that many of its pages show.

    What it answers is given to several threads at once: tuples, or rows that are only read. Names come from us and from
    what stands in the database, never from a visitor. After `LONGEST` it is asked again.
    """
    number, now = current([room])[0], time.monotonic()
    memory = _known.memories.get(room)
    if memory is None or memory.number != number or now - memory.since >= LONGEST.total_seconds():
        memory = _known.memories[room] = _Memory(number, now, {})
    if name not in memory.values:
        memory.values[name] = make()
    return memory.values[name]  # type: ignore[no-any-return]  # put there above


def forget() -> None:
    """The next reading asks the database, and what was remembered is read anew."""
    with _known.lock:
        _known.read_at = float("-inf")
        _known.memories.clear()
