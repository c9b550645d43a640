"""What readiness asks: database, migrations, cache, storage, and what rooms above register (the worker's heartbeat).

A check answers a word for its state and whether that is good; it never answers a path, an address or a message of an
exception. A check that is not vital is shown but does not take a web process out of service: without its worker the
platform still receives and answers, mails are only late.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

FRESH = 2.0  # seconds
log = logging.getLogger("hrdplatform.health")


@dataclass(frozen=True)
class State:
    """The answer of one check."""

    good: bool
    word: str


GOOD = State(good=True, word="ok")
FAILED = State(good=False, word="failed")
Check = Callable[[], State]


@dataclass(frozen=True)
class _Registered:
    check: Check
    vital: bool
    in_database: bool


@dataclass(frozen=True)
class Report:
    """All answers; `ready` means that no vital check failed."""

    ready: bool
    states: dict[str, str]

    def as_dict(self) -> dict[str, object]:
        return {"status": "ready" if self.ready else "unready", "checks": self.states}


_checks: dict[str, _Registered] = {}


def register(name: str, check: Check, *, vital: bool = True, in_database: bool = False) -> None:
    """Adds a check. Rooms above call this in `AppConfig.ready`. What looks into the database says so: while that does
    not answer, nobody waits for it again.
    """
    _checks[name] = _Registered(check, vital, in_database)


_last: tuple[float, Report] | None = None


def report() -> Report:
    """The answers, at most two seconds old, so that asking often costs the platform nothing."""
    global _last  # noqa: PLW0603 - remembered between requests
    moment = time.monotonic()
    if _last is None or moment - _last[0] > FRESH:
        _last = (moment, ask())
    return _last[1]


def ask() -> Report:
    """Asks everything once. A check that raises counts as failed; the log names its class only."""
    ready = True
    states: dict[str, str] = {}
    for name, registered in _checks.items():
        try:
            away = registered.in_database and states.get("database") == FAILED.word
            state = FAILED if away else registered.check()
        except Exception as failure:  # noqa: BLE001 - whatever a driver raises, the answer is "not ready"
            log.warning("a health check failed", extra={"facts": {"check": name, "class": type(failure).__name__}})
            state = FAILED
        states[name] = state.word
        ready = ready and (state.good or not registered.vital)
    return Report(ready, states)


def database() -> State:
    """One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return GOOD


_migrated = False


def migrations() -> State:
    """No migration is missing. Asked until it is true once: code and database of a process do not go apart later."""
    global _migrated  # noqa: PLW0603 - remembered for the life of the process
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return GOOD if _migrated else State(good=False, word="missing")


def cached() -> State:
    """What is put into the cache comes out again."""
    token = secrets.token_hex(8)
    cache.set("health", token, 10)
    return GOOD if cache.get("health") is not None else State(good=False, word="forgets")


def stored() -> State:
    """A file can be written, read back and removed."""
    name = default_storage.save(f"health/{secrets.token_hex(16)}", ContentFile(b"ready"))
    try:
        with default_storage.open(name) as file:
            good = file.read() == b"ready"
    finally:
        default_storage.delete(name)
    return GOOD if good else State(good=False, word="damaged")


register("database", database)
register("migrations", migrations, in_database=True)
register("cache", cached)
register("storage", stored)
