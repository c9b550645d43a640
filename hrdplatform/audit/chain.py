"""The chain: entries are linked in order, each to the hash of the one before; a changed row breaks all after it.

Linking happens in the worker and not in the verb's transaction, where a locked head would put the whole platform in a
queue. Entries of the aid door are linked after their day is over, in random order: the place in the chain tells no more
than the row does, which is the day. Nothing is lost by that, as the head is sent out once a day and after it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from .models import Entry
from .models.entry import EntryQuerySet
from .writing import day_of

BEGINNING = "0" * 64
"""Stands for the hash before the first entry."""

LOCK = 0x617564697400
"""PostgreSQL's advisory lock for the head of the chain."""


def linkable(at: datetime) -> EntryQuerySet:
    """The entries that may be linked at `at`, in the order in which they will be."""
    return Entry.objects.unlinked().filter(~Q(door="aid") | Q(at__lt=day_of(at)))


def pending(at: datetime) -> bool:
    """Whether there is something to link; one look into an index."""
    return linkable(at).exists()


def link(*, at: datetime, limit: int = 1000) -> int:
    """Link up to `limit` entries and return how many. Any number of callers at once make one chain."""
    with transaction.atomic():
        _lock()
        sequence, previous = head()
        entries = list(linkable(at)[:limit])
        for entry in entries:
            sequence += 1
            made = entry.digest_after(previous, sequence=sequence)
            Entry.objects.filter(pk=entry.pk).update(sequence=sequence, previous=previous, digest=made)
            previous = made
    return len(entries)


def head() -> tuple[int, str]:
    """Number and hash of the last linked entry; 0 and the beginning before the first."""
    last = Entry.objects.linked().values_list("sequence", "digest").last()
    return (last[0] or 0, last[1] or BEGINNING) if last else (0, BEGINNING)


def _lock() -> None:
    """One linker at a time. SQLite's transactions are IMMEDIATE and need nothing more."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
