"""The share of the disk for requests that nobody acknowledged: whoever sends in bulk fills that share, not the disk.

A case's bytes leave the share when a member acknowledges it. The share is soft: what was begun before it was full may
still be claimed, so that it is exceeded by the pool of unfinished uploads at most. Texts are taken beside the share,
down to a floor below which the database itself would stop. safety.md, "disk full".
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Sum
from django.db.models.functions import Length

from legal_aid.models import Case, Record, Upload

from . import space
from .sealed_rows import NewRecord
from .space import MessageLargeError, Room, StorageFullError


def check(case: Case | None, *, more: int, room: Room | None) -> None:
    """Raise `StorageFullError` if `more` bytes find no place in the share; `case` is None before it is opened.

    A case that somebody acknowledged has its room outside. The answer is the same whoever asks.
    """
    share = space.waiting_share(room)
    if share is None or (case is not None and case.acknowledged_on is not None):
        return
    if held() + more > share:
        raise StorageFullError


def check_records(case: Case | None, records: Sequence[NewRecord]) -> None:
    """Raise `MessageLargeError` if large records find no room, `TextsFullError` if nothing does."""
    sizes = [len(record.sealed) for record in records]
    disks = (space.room(), space.database_room())
    large = sum(size for size in sizes if size >= space.LARGE_RECORD)
    for disk in disks:
        space.check_floor(disk, more=sum(sizes) - large)
    if not large:
        return
    try:
        for disk in disks:
            space.check_reserve(disk, more=large)
        check(case, more=large, room=disks[0])
    except StorageFullError as error:
        raise MessageLargeError from error


def held() -> int:
    """Bytes of files and large records in cases that nobody acknowledged."""
    files = Upload.objects.filter(case__acknowledged_on=None).exclude(digest="").aggregate(sum=Sum("sealed"))["sum"]
    large = Record.objects.filter(case__acknowledged_on=None).annotate(octets=Length(F("sealed")))
    rows = large.filter(octets__gte=space.LARGE_RECORD).aggregate(sum=Sum("octets"))["sum"]
    return (files or 0) + (rows or 0)
