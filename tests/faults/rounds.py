"""How often a run kills: ten times, or as `make test ROUNDS=100 ONLY=tests/faults` says."""

import os
import sys
from collections.abc import Mapping

ROUNDS = int(os.environ.get("HRD_TEST_ROUNDS", "10"))
LEAST = 0.3
"""The share of the kills that must hit something open, else they came too late to prove anything."""


def enough(hits: Mapping[str, int]) -> bool:
    """Whether enough kills hit something open; `pytest -s` shows what."""
    sys.stdout.write(f"of {ROUNDS} kills hit: {dict(hits)}\n")
    return sum(hits.values()) >= ROUNDS * LEAST
