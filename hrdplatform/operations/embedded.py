"""The embedded worker: does what is due, from the same table as Celery, without a broker, until it is told to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from time import monotonic

from django.db import DatabaseError, close_old_connections, connections

from hrdplatform.notices import turns
from hrdplatform.notices.turns import LIMIT, Due

logger = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between two looks at the database."""

LONGEST_PAUSE = 30.0
"""Seconds between two tries while the database is down."""


class EmbeddedWorker:
    """Looks at the table each second. Any number of them may run: turns and leases keep them apart.

    `stop` may be set from a signal handler or another thread; the round that is under way is finished first.
    """

    def __init__(self, table: Iterable[Due], *, now: Callable[[], datetime], stop: threading.Event) -> None:
        self.table, self.now, self.stop = tuple(table), now, stop
        self._next = dict.fromkeys((due.name for due in self.table), 0.0)
        self._troubles = 0

    def run(self) -> None:
        """Work until `stop` is set. A database that is down is waited for, with growing pauses."""
        while not self.stop.is_set():
            try:
                busy = self.round()
            except DatabaseError as error:
                self.stop.wait(self._pause(error))
                continue
            self._troubles = 0
            self.stop.wait(0 if busy else TICK)
        connections.close_all()

    def round(self) -> bool:
        """One look at every row of the table; whether some work has more to do at once. Raises `DatabaseError`."""
        close_old_connections()
        busy = False
        for due in self.table:
            if self.stop.is_set():
                break
            if monotonic() >= self._next[due.name]:
                busy = self._look_after(due) or busy
        return busy

    def _look_after(self, due: Due) -> bool:
        at = self.now()
        if due.pending is not None and not due.pending(at):
            return False
        done = turns.do(due, at=at)
        more = done is not None and done >= LIMIT
        # Work of a certain hour is asked about more often: the hour may come long before the period is over.
        pause = min(due.period.total_seconds(), 60.0)
        self._next[due.name] = monotonic() + (0.0 if more else pause)
        return more

    def _pause(self, error: DatabaseError) -> float:
        self._troubles += 1
        logger.warning("database_unreachable", extra={"facts": {"failure": type(error).__name__}})
        connections.close_all()
        return min(2.0 ** (self._troubles - 1), LONGEST_PAUSE)
