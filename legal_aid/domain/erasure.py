"""Erasing a case: one transaction takes every row of it away, then the files, then the traces in the database's own
files.

What stays is a tombstone: some case was erased, on that day, at somebody's wish. A copy that somebody took before,
together with a member's key, stays readable; the page says so. sealing.md 5, *Erase*; GDPR art. 17.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from hrdplatform import audit
from hrdplatform.audit import Event
from legal_aid.models import (
    AnswerClock,
    BlobDeletion,
    Card,
    Case,
    FormNumber,
    KeyWrap,
    OwnSealed,
    PlainSession,
    Record,
    Tombstone,
    Upload,
    UploadPart,
    Vacuum,
)
from legal_aid.states import Eraser

from . import blobs, uploads
from .speakers import Speaker

logger = logging.getLogger(__name__)

SEALED_TABLES = (
    Case, Card, KeyWrap, Record, Upload, UploadPart, BlobDeletion, PlainSession, FormNumber, AnswerClock, OwnSealed,
)  # fmt: skip
"""Every table that holds something of a case, if only its number or the name of a blob."""


def erase(case_id: str, *, speaker: Speaker, at: datetime) -> None:
    """Erase a case for its defender. On return no row and no file of it is left. Raises `UnknownCaseError`."""
    with transaction.atomic():
        case = speaker.lock(case_id)
        stone = Tombstone.objects.create(day=timezone.localdate(at), by=Eraser.DEFENDER)
        _delete_rows(case)
        Vacuum.objects.get_or_create(pk=Vacuum.ONLY)
        audit.record(Event.CASE_ERASED, actor=speaker.actor, object=f"tombstone:{stone.pk}", at=at, door="aid")
    blobs.remove_due(at=at)
    compact(at=at)


def _delete_rows(case: Case) -> None:
    uploads.delete(list(Upload.objects.filter(case=case).values_list("pk", flat=True)))
    OwnSealed.objects.filter(name=f"draft-{case.pk}").delete()
    for rows in (
        PlainSession.objects.filter(case=case),
        FormNumber.objects.filter(case=case),
        AnswerClock.objects.filter(case=case),
        KeyWrap.objects.filter(card__case=case),
        Record.objects.filter(case=case),
        Card.objects.filter(case=case),
        Case.objects.filter(pk=case.pk),
    ):
        rows.delete()


def compact(*, at: datetime, limit: int = 1) -> int:
    """Drive what was erased out of the write-ahead log (SQLite); returns 1 if there was something to do.

    SQLite overwrites deleted rows at once (`secure_delete`); the log is emptied here, again and again until no reader
    holds it. PostgreSQL is cleaned at night by `compact_nightly`.
    """
    if connection.vendor != "sqlite" or not Vacuum.objects.exists():
        return 0
    if connection.in_atomic_block:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        return 0
    Vacuum.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return 1


def compact_nightly(*, at: datetime, limit: int = 1) -> int:
    """Rewrite the sealed tables without what was erased, and begin a new log segment (PostgreSQL); 1 if it was done.

    PostgreSQL's next checkpoint, minutes later, takes the old segments away (`wal_recycle = off`). Killed in its
    middle, it is done again the next night; what is erased meanwhile has its own turn then.
    """
    if connection.vendor != "postgresql" or not Vacuum.objects.exists():
        return 0
    Vacuum.objects.get_or_create(pk=Vacuum.BEGUN)
    Vacuum.objects.filter(pk=Vacuum.ONLY).delete()
    with connection.cursor() as cursor:
        for model in SEALED_TABLES:
            table = model._meta.db_table  # noqa: SLF001  # Django's documented way to a table's name
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
        try:
            cursor.execute("SELECT pg_switch_wal()")
        except DatabaseError as error:
            logger.warning("log_segment_not_switched", extra={"facts": {"failure": type(error).__name__}})
    Vacuum.objects.filter(pk=Vacuum.BEGUN).delete()
    return 1


def remains(case_id: str) -> dict[str, int]:
    """What is left of a case, as counts by table: all zero after `erase`; a tombstone knows of no case."""
    return {
        "cases": Case.objects.filter(pk=case_id).count(),
        "cards": Card.objects.filter(case=case_id).count(),
        "wraps": KeyWrap.objects.filter(card__case=case_id).count(),
        "records": Record.objects.filter(case=case_id).count(),
        "uploads": Upload.objects.filter(case=case_id).count(),
        "sessions": PlainSession.objects.filter(case=case_id).count(),
        "forms": FormNumber.objects.filter(case=case_id).count(),
        "clocks": AnswerClock.objects.filter(case=case_id).count(),
        "drafts": OwnSealed.objects.filter(name=f"draft-{case_id}").count(),
    }


def blobs_waiting() -> int:
    """How many blobs of erased cases and dropped uploads the storage has not let go of yet."""
    return BlobDeletion.objects.count()


def is_compacting() -> bool:
    """Whether traces of something erased are still to be driven out of the database's files."""
    return Vacuum.objects.exists()
