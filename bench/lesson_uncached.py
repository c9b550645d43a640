"""A lesson with every kind of block, made anew at each visit: its queries, and its pace against a bare Django view."""

from __future__ import annotations

from bench.library import LESSON, UNKEPT, queries, served
from bench.readers import ratios

RUNS = 7
VISITS = 160


def measure() -> dict[str, list[float]]:
    address = f"{LESSON}?{UNKEPT}"
    with served() as stand:
        return {
            "queries": [float(queries(address))],
            "ratio": ratios(reference=stand.reference, port=stand.port, address=address, number=VISITS, runs=RUNS),
        }
