"""How often a run kills: ten times, or as `make test ROUNDS=100 ONLY=tests/faults` says."""

import os

ROUNDS = int(os.environ.get("HRD_TEST_ROUNDS", "10"))
LEAST = 0.3
"""The share of the kills that must hit something open, else they came too late to prove anything."""
