"""Generations of rooms: what tells a kept copy of a page that something in it may have changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.db.models import F

from hrdplatform.web.models import Generation

FRESH_SECONDS: Final = 1.0
"""A process asks the database at most this often, so a change is seen everywhere within this time."""


@transaction.atomic
def bump(room: str) -> None:
    """Says, in the transaction of a change, that pages which read from `room` may look different."""
    changed = Generation.objects.filter(room=room).update(number=F("number") + 1)
    if not changed:
        Generation.objects.get_or_create(room=room, defaults={"number": 1})


class _Known:
    """What this process read last, and when."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.numbers: dict[str, int] = {}
        self.read_at = float("-inf")


_known = _Known()


def current(rooms: Iterable[str]) -> tuple[int, ...]:
    """The generation of each of `rooms`, in their order, at most `FRESH_SECONDS` old."""
    with _known.lock:
        if time.monotonic() - _known.read_at >= FRESH_SECONDS:
            _known.numbers = dict(Generation.objects.values_list("room", "number"))
            _known.read_at = time.monotonic()
        return tuple(_known.numbers.get(room, 0) for room in rooms)


def forget() -> None:
    """The next reading asks the database."""
    with _known.lock:
        _known.read_at = float("-inf")
