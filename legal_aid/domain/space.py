"""Room on the disk: how much uploads may take, so that sealed files never crowd out the database (safety.md, "disk
full").
"""

from __future__ import annotations

import errno
import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import OperationalError, connection

from hrdplatform.conf import configuration

RESERVE = 10
"""Percent of the disk that stay free."""
POOL = 5
"""Percent of the disk for uploads that belong to no case yet."""
CASE_QUOTA = 1_342_177_280
"""1.25 GiB, sealed, until a worker acknowledged the case."""
LARGE_RECORD = 132_748
"""From this many bytes, sealed, a record needs room as a file does. The longest text fits below it, unless half of it
is beyond the Basic Multilingual Plane, whose letters canonical JSON writes in twelve octets each: then two messages do.
"""
FLOOR = 2
"""Percent of the disk below which not even a text is taken, so that a flood of texts never stops the database."""
MOST_FLOOR = 200_000_000
"""Bytes; on a large disk the floor is no higher."""
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
logger = logging.getLogger("hrdplatform.incident")


class StorageFullError(Exception):
    """Less than a tenth of the disk is free, or waiting requests hold their share of it: no upload begins."""


class MessageLargeError(StorageFullError):
    """There is no room for a message as large as a file; a shorter one finds it."""


class TextsFullError(StorageFullError):
    """So little of the disk is free that not even a text is taken. Nothing was written."""


@dataclass(frozen=True)
class Room:
    """Bytes of a disk."""

    total: int
    free: int


def room() -> Room | None:
    """The room of the disk under the storage of files; None for a storage that is no disk of ours."""
    try:
        place = Path(default_storage.path(""))
    except NotImplementedError:
        return None
    return _room_under(place)


def database_room() -> Room | None:
    """The room of the disk under SQLite's file, where texts go; None for a server, whose disk we do not see."""
    return _room_under(Path(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else None


def _room_under(place: Path) -> Room:
    while not place.exists():
        place = place.parent
    usage = shutil.disk_usage(place)
    return Room(usage.total, usage.free)


def check_reserve(found: Room | None, *, more: int) -> None:
    """Raise `StorageFullError` if `more` bytes would eat into the reserve."""
    if found is not None and (found.free - more) * 100 < found.total * RESERVE:
        raise StorageFullError


def check_floor(found: Room | None, *, more: int) -> None:
    """Raise `TextsFullError` if a text of `more` bytes would go below the floor."""
    if found is not None and found.free - more < min(found.total * FLOOR // 100, MOST_FLOOR):
        raise TextsFullError


@contextmanager
def refusing(error: type[StorageFullError]) -> Iterator[None]:
    """Raise `error` where the disk or SQLite itself says that it is full. The operator is told by a line in the log."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in NO_ROOM:
            raise
        _note(fault)
        raise error from fault
    except OperationalError as fault:
        if getattr(fault.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_FULL:
            raise
        _note(fault)
        raise error from fault


def _note(fault: Exception) -> None:
    logger.error("the disk is full", extra={"facts": {"class": type(fault).__name__}})


def pool(found: Room | None) -> int | None:
    """How many bytes of unfinished uploads may lie about; None for no limit."""
    return None if found is None else found.total * POOL // 100


def waiting_share(found: Room | None) -> int | None:
    """How many bytes requests that nobody acknowledged may hold together; None for no limit."""
    return None if found is None else found.total * configuration.waiting_share // 100
