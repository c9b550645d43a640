"""A lesson with every kind of block, made anew at each visit: its queries, and its pace against a bare Django view."""

from __future__ import annotations

from bench.library import LESSON, UNKEPT, queries, served
from bench.readers import ratios

RUNS = 15
"""Many: on a shared machine single runs lie a factor of three apart, their middle does not."""
VISITS = 80


def measure() -> dict[str, list[float]]:
    address = f"{LESSON}?{UNKEPT}"
    with served() as stand:
        return {"queries": [float(queries(address))], **ratios(stand, address, number=VISITS, runs=RUNS)}
