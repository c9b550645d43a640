"""Wellbeing: whether the worker gave a sign of life lately, for `/health/ready` and the doctor."""

from __future__ import annotations

from datetime import timedelta

from hrdplatform import notices
from hrdplatform.web import clock
from hrdplatform.web.health import GOOD, State

LATE = timedelta(seconds=90)


def worker() -> State:
    """Good while the last heartbeat is at most 90 seconds old."""
    seen = notices.worker_seen()
    if seen is None:
        return State(good=False, word="never seen")
    return GOOD if clock.now() - seen <= LATE else State(good=False, word="late")
