"""What the worker does with folders that were sent in.

Pictures take the longest. The worker looks at them for some seconds, gives way to its other work and goes on where it
was; one that is killed does no more than one of them again. Pages are made at the end, in one transaction together
with the state that says so.
"""

from __future__ import annotations

import logging
import secrets
from datetime import datetime
from pathlib import PurePosixPath
from time import monotonic
from typing import IO, Any, Final

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from cms.domain.arrivals import FOLDER, KEPT, LOOKED_AT, file_of, remove, writable
from cms.domain.enclosures import Gate, Made, clean_copy
from cms.domain.folders import Report, looked_at, pictures_of
from cms.folders.errors import BrokenFolderError, Finding, Ledger
from cms.folders.reading import MOST_TEXT
from cms.folders.sources import MemorySource, Source, ZipSource
from cms.models import SentFolder
from cms.states import Arrival
from hrdplatform.media.pictures import PictureRefusedError

logger = logging.getLogger(__name__)

ROUND: Final = 4.0
"""Seconds of pictures after which the worker looks after its other work."""
MOST_TRIES: Final = 3


Pictures = dict[str, dict[str, str] | None]
"""As `SentFolder.pictures`."""


class StoppedError(Exception):
    """The folder is no longer wanted."""


def pending(_at: datetime) -> bool:
    """Whether something is to be read; one look into an index."""
    return due().exists()


def due() -> QuerySet[SentFolder]:
    """What is to be read, by turns: what waited longest for its turn first."""
    return SentFolder.objects.filter(state=Arrival.WANTED).order_by("turn_at", "pk")


def read_due(*, at: datetime, limit: int = 1) -> int:
    """Reads on in one folder for some seconds; how many there were to read in."""
    row = due().select_related("by", "organisation").first()
    if row is None:
        return 0
    read_on(row, at=at)
    return 1


def read_on(row: SentFolder, *, at: datetime, seconds: float = ROUND) -> None:
    """One turn. What is wrong is noted on the row, and raised no further. What is no fault of the folder's is tried
    again; what failed several times, or killed the worker, is given up.
    """
    with translation.override(row.by.language):
        try:
            refuse_tried(row)
            refuse_stranger(row)
            note(row, turn_at=at, tries=F("tries") + 1)
            go_on(row, at=at, until=monotonic() + seconds)
        except BrokenFolderError as broken:
            findings = [[finding.file, finding.line, finding.words] for finding in broken.findings]
            end(row, Arrival.BROKEN, at=at, findings=findings)
        except StoppedError:
            if not SentFolder.objects.filter(pk=row.pk, state__in=KEPT).exists():
                remove(row)
        except Exception as error:  # noqa: BLE001  # one folder must not keep the others from being read
            failure = type(error).__name__
            logger.error("folder_failed", extra={"facts": {"folder": row.pk, "failure": failure}})  # noqa: TRY400  # no words


def go_on(row: SentFolder, *, at: datetime, until: float) -> None:
    """Reads texts and pictures; once all of them are read, takes the folder in. Raises `BrokenFolderError`,
    `StoppedError`.
    """
    with default_storage.open(file_of(row), "rb") as stream:
        source = opened(row.name, stream)
        pictures: Pictures = row.pictures or dict.fromkeys(
            pictures_of(source, organisation=row.organisation, by=row.by)
        )
        if look_on(row, source, pictures, until=until):
            finish(row, source, gate_of(pictures), at=at)
        else:
            note(row, tries=0)


def look_on(row: SentFolder, source: Source, pictures: Pictures, *, until: float) -> bool:
    """Lets pictures pass until a moment, one at least; whether all of them have."""
    waiting = [path for path, seen in pictures.items() if seen is None]
    for number, path in enumerate(waiting, start=1):
        pictures[path] = seen(row, path, source.read(path))
        left = len(waiting) - number
        note(row, pictures=pictures, done=LOOKED_AT * (len(pictures) - left) // len(pictures))
        if left and monotonic() >= until:
            return False
    return True


def refuse_tried(row: SentFolder) -> None:
    """Raises `BrokenFolderError` for what the platform could not read several times."""
    if row.tries >= MOST_TRIES:
        raise BrokenFolderError([Finding("", 0, _("The platform could not read this."))])


def refuse_stranger(row: SentFolder) -> None:
    """Raises `BrokenFolderError` where who sent it lost the right meanwhile."""
    if not (row.by.is_active and writable(row.by).filter(pk=row.organisation_id).exists()):
        raise BrokenFolderError([Finding("", 0, _("You cannot write in this section."))])


def seen(row: SentFolder, path: str, data: bytes) -> dict[str, str]:
    """A picture let through or not: what is noted of it."""
    try:
        with clean_copy(path, data)() as content:
            name = secrets.token_hex(8) + PurePosixPath(content.name or "").suffix  # theirs may be too long for a disk
            return {"copy": default_storage.save(f"{FOLDER}/{row.place}/{name}", content)}
    except PictureRefusedError as refused:
        return {"refused": " ".join(refused.messages)}


def gate_of(pictures: Pictures) -> Gate:
    """What the pictures of a folder pass once they were looked at."""

    def gate(path: str, data: bytes) -> Made:
        known = pictures.get(path) or {}
        if "refused" in known:
            raise PictureRefusedError(known["refused"])
        if "copy" not in known:
            return clean_copy(path, data)
        name = PurePosixPath(path).stem + PurePosixPath(known["copy"]).suffix
        return lambda: File(default_storage.open(known["copy"], "rb"), name)

    return gate


def finish(row: SentFolder, source: Source, gate: Gate, *, at: datetime) -> None:
    """Lays down what was read, or says what would come of it, unless somebody stopped it until now."""
    taking = looked_at(source, organisation=row.organisation, by=row.by, gate=gate)
    with transaction.atomic():
        if not wanted(row).select_for_update().values_list("pk"):
            raise StoppedError
        report = taking.take(dry=row.dry)
        state = Arrival.LOOKED if row.dry else Arrival.TAKEN
        end(row, state, at=at, report=told(report), page=report.page)


def end(row: SentFolder, state: Arrival, *, at: datetime, **fields: Any) -> None:
    """Notes how it ended; a file that is no longer needed goes."""
    done = wanted(row).update(state=state, done=100, tries=0, turn_at=at, ended_at=at, **fields)
    if done and state not in KEPT:
        transaction.on_commit(lambda: remove(row))


def wanted(row: SentFolder) -> QuerySet[SentFolder]:
    """The row, unless it was stopped or somebody else has ended it."""
    return SentFolder.objects.filter(pk=row.pk, state=Arrival.WANTED)


def note(row: SentFolder, **fields: Any) -> None:
    """Writes how far it is. Raises `StoppedError`."""
    if not wanted(row).update(**fields):
        raise StoppedError


def told(report: Report) -> dict[str, list[str]]:
    """What the office shows of a report."""
    names = ("made", "changed", "same", "left", "media", "unused")
    return {name: getattr(report, name) for name in names}


def opened(name: str, stream: IO[bytes]) -> Source:
    """The files in what was sent: a zip file, or a guide without pictures as the one file that it is. Raises
    `BrokenFolderError`.
    """
    if name.lower().endswith(".md"):
        return MemorySource({name: stream.read(MOST_TEXT + 1)})
    ledger = Ledger()
    source = ZipSource(stream, ledger)
    ledger.settle()
    return source
