"""Blobs: sealed bytes in the storage under random names, safely on the disk before anybody is told so, and gone for
good.

A blob's name is committed in the database before its first byte is written, so that after a crash nothing lies about
unknown. File times are set to midnight: the disk does not tell when somebody wrote (rooms.md, "Answer clock").
"""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

from legal_aid.models import BlobDeletion, UploadPart

FOLDER = "sealed"
logger = logging.getLogger("hrdplatform.incident")


class BlobMissingError(Exception):
    """A row names this blob and the storage does not have it. The operator is told by a line in the log."""


def new_name() -> str:
    """A random name in one of 256 folders."""
    return f"{FOLDER}/{secrets.token_hex(1)}/{secrets.token_hex(24)}"


class BlobWriter:
    """Writes one blob. Used as a context; leaving it without `finish` removes what was written."""

    def __init__(self, name: str, *, at: datetime) -> None:
        self.name = name
        self._midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
        self._path = _local(name)
        self._finished = False
        if self._path is not None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = default_storage.open(name, "wb")
        if self._path is not None:
            self._path.chmod(0o600)

    def write(self, data: bytes) -> None:
        """Append `data`."""
        self._file.write(data)

    def finish(self) -> None:
        """Return when every byte, and the name in its folder, would outlive a loss of power."""
        self._file.flush()
        if self._path is not None:
            # By the open file, not by its name: an erasure may have unlinked it while it was written.
            os.utime(self._file.fileno(), (self._midnight, self._midnight))
            os.fsync(self._file.fileno())
        self._file.close()
        self._finished = True
        if self._path is not None:
            _sync_folder(self._path.parent, self._midnight)

    def abandon(self) -> None:
        """Remove what was written."""
        if not self._finished:
            self._finished = True
            try:
                self._file.close()  # writes what the disk refused before once more
            finally:
                remove(self.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abandon()


def remove(name: str) -> None:
    """Let the storage forget a blob, at once and durably. A blob that is not there is as good as gone."""
    path = _local(name)
    times = path.parent.stat() if path is not None and path.parent.exists() else None
    default_storage.delete(name)
    if path is not None and times is not None:
        _sync_folder(path.parent, times.st_mtime)


def pieces(name: str, size: int = 256 * 1024) -> Iterable[bytes]:
    """The bytes of a blob, piece by piece. Raises `BlobMissingError` at once if it is not there."""
    try:
        file = default_storage.open(name, "rb")
    except FileNotFoundError as error:
        logger.error("blob_missing", extra={"facts": {"incident": secrets.token_hex(5)}})  # noqa: TRY400 - no trace
        raise BlobMissingError from error
    return _read(file, size)


def _read(file: File[Any], size: int) -> Iterable[bytes]:
    with file:
        while piece := file.read(size):
            yield piece


def queue_removal(names: Iterable[str]) -> None:
    """Note, in the current transaction, blobs that are to go."""
    BlobDeletion.objects.bulk_create([BlobDeletion(blob=name) for name in names], ignore_conflicts=True)


def remove_due(*, at: datetime, limit: int = 1000) -> int:
    """Remove what was noted; returns how many blobs went. Safe to run twice at once."""
    names = list(BlobDeletion.objects.values_list("blob", flat=True)[:limit])
    for name in names:
        remove(name)
    BlobDeletion.objects.filter(blob__in=names).delete()
    return len(names)


def _local(name: str) -> Path | None:
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        return None


def _sync_folder(folder: Path, modified: float) -> None:
    os.utime(folder, (modified, modified))
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def without_bytes() -> int:
    """How many stored parts have a row and no bytes. Looks at every file of the storage."""
    named = UploadPart.objects.filter(stored=True).values_list("blob", flat=True)
    gone = set(named) - set(_every_name())
    # What an erasure took while we were looking has no row any more.
    return sum(not default_storage.exists(name) for name in named.filter(blob__in=gone)) if gone else 0


def without_row() -> int:
    """How many blobs lie in the storage of which no row knows. A name is committed before its first byte."""
    lying = set(_every_name())
    known = set(UploadPart.objects.values_list("blob", flat=True)) | set(
        BlobDeletion.objects.values_list("blob", flat=True)
    )
    return sum(default_storage.exists(name) for name in lying - known)


def _every_name() -> Iterator[str]:
    folders, _ = default_storage.listdir(FOLDER) if default_storage.exists(FOLDER) else ([], [])
    for folder in folders:
        yield from (f"{FOLDER}/{folder}/{name}" for name in default_storage.listdir(f"{FOLDER}/{folder}")[1])
