"""A library of learning pages to measure, beside the bare Django that they are measured against."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench import site

LESSON = "/en/learn/passerelle/telephone/street/everything/"
"""A lesson with one block of each kind."""
UNKEPT = "uncached=1"
"""A query that no page declares: its answers are made anew each time."""


@dataclass
class Served:
    """A server: its port, and gunicorn's parent process."""

    port: int
    process: subprocess.Popen[bytes]


@dataclass
class Stand:
    """The pages, and both servers."""

    library: Any
    ours: Served
    reference: Served


@contextlib.contextmanager
def pages() -> Iterator[Any]:
    """This process's Django on a PostgreSQL of its own, with one organisation's library in English."""
    with site.database() as url, site.platform(url):
        from tests.factories.cms import planted
        from tests.factories.library import library

        planted()
        yield library("en")


@contextlib.contextmanager
def served() -> Iterator[Stand]:
    """The library behind gunicorn, and bare Django behind another."""
    with (
        pages() as library,
        site.server("bench.reference.hello:application", "/") as reference,
        site.server("hrdplatform.wsgi:application", "/health/live") as ours,
    ):
        yield Stand(library, Served(*ours), Served(*reference))


def queries(address: str, client: Any = None) -> int:
    """How many queries one visit takes, after one that has filled what a process remembers."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    visitor = client or Client()
    visitor.get(address, headers={"host": "localhost"})
    with CaptureQueriesContext(connection) as captured:
        answer = visitor.get(address, headers={"host": "localhost"})
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return len(captured)
