"""A clock that stands still until it is moved; every view and task that asks `hrdplatform.web.clock` sees it."""

from datetime import UTC, datetime, timedelta

import pytest

from hrdplatform.web import clock

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class StoppedClock:
    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def move(self, **span: float) -> datetime:
        """Moves on by `timedelta(**span)`."""
        self.at += timedelta(**span)
        return self.at


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> StoppedClock:
    """23 November 2026, 10 o'clock in Luxembourg."""
    stopped = StoppedClock()
    monkeypatch.setattr(clock, "now", stopped.now)
    return stopped
