"""The clock of the house. Views and tasks ask it for `at` and pass that on to the verbs."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, aware, in UTC. Tests set it by `tests.fakes.clock`."""
    return datetime.now(UTC)
