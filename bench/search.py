"""The search page at one hit and at many: its queries, and its pace against a bare Django view."""

from __future__ import annotations

from bench.library import UNKEPT, queries, served
from bench.readers import ratios

RUNS = 5
VISITS = 80
MANY = 40
FEW_HITS, MANY_HITS = "thermometer", "barometer"


def address(word: str) -> str:
    return f"/en/search/?q={word}&{UNKEPT}"


def measure() -> dict[str, list[float]]:
    with served() as stand:
        from django.db import connection

        from tests.factories.learning import guide

        guide(f"The {FEW_HITS}", parent=stand.library.section)
        for number in range(MANY):
            guide(f"The {MANY_HITS} {number}", slug=f"hit-{number}", parent=stand.library.section)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        counts = [float(queries(address(word))) for word in (FEW_HITS, MANY_HITS)]
        return {
            "queries": [max(counts)],
            "queries_spread": [max(counts) - min(counts)],
            **ratios(stand, address(MANY_HITS), number=VISITS, runs=RUNS),
        }
