"""A lesson given from its kept copy, against a bare Django view of 100 bytes."""

from __future__ import annotations

from bench.library import LESSON, served
from bench.readers import ratios

RUNS = 15
VISITS = 3000


def measure() -> dict[str, list[float]]:
    with served() as stand:
        return ratios(stand, LESSON, number=VISITS, runs=RUNS)
