"""One measurement in a process of its own: Django is set up once in a process, and each has another database."""

from __future__ import annotations

import importlib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

Figures = dict[str, list[float]]


def measured(name: str) -> Figures:
    """What the measurement `name` finds."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        return fresh.submit(_measure, name).result()


def _measure(name: str) -> Figures:
    figures: Figures = importlib.import_module(f"bench.{name}").measure()
    return figures
