"""Room on the disk: how much uploads may take, so that sealed files never crowd out the database (safety.md, "disk
full").
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage

from hrdplatform.conf import configuration

RESERVE = 10
"""Percent of the disk that stay free."""
POOL = 5
"""Percent of the disk for uploads that belong to no case yet."""
CASE_QUOTA = 1_342_177_280
"""1.25 GiB, sealed, until a worker acknowledged the case."""
LARGE_RECORD = 132_748
"""From this many bytes, sealed, a record needs room as a file does. The longest text fits below it in any writing, so
that a text can always be sent.
"""


class StorageFullError(Exception):
    """Less than a tenth of the disk is free, or waiting requests hold their share of it: no upload begins."""


@dataclass(frozen=True)
class Room:
    """Bytes of the disk under the storage."""

    total: int
    free: int


def room() -> Room | None:
    """The disk's room; None for a storage that is no disk of ours."""
    try:
        place = Path(default_storage.path(""))
    except NotImplementedError:
        return None
    while not place.exists():
        place = place.parent
    usage = shutil.disk_usage(place)
    return Room(usage.total, usage.free)


def check_reserve(found: Room | None, *, more: int) -> None:
    """Raise `StorageFullError` if `more` bytes would eat into the reserve."""
    if found is not None and (found.free - more) * 100 < found.total * RESERVE:
        raise StorageFullError


def pool(found: Room | None) -> int | None:
    """How many bytes of unfinished uploads may lie about; None for no limit."""
    return None if found is None else found.total * POOL // 100


def waiting_share(found: Room | None) -> int | None:
    """How many bytes requests that nobody acknowledged may hold together; None for no limit."""
    return None if found is None else found.total * configuration.waiting_share // 100
