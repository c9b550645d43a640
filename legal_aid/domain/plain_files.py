"""Files without scripts: sealed in memory while the body arrives, so that no plaintext ever reaches a disk.

Django's own handlers write larger files to the temporary folder and leave them there after a kill. This one holds a
chunk or two of 64 KiB, whatever the size of the file (a WebP picture up to 16 MiB, whose hidden data stands at its
end).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopFutureHandlers
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hrdplatform.sealing import images
from hrdplatform.sealing.bodies import LONGEST_NAME, LONGEST_TYPE, MOST_ATTACHMENTS, Attachment
from hrdplatform.sealing.files import FileSealer, Piece, TooLargeError

from . import uploads
from .space import StorageFullError
from .uploads import Owner, QuotaReachedError, StreamedUpload

STRIPPED_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
UNKNOWN_TYPE = "application/octet-stream"


class Why(TextChoices):
    """Why a file was not taken."""

    LARGE = "large", _("Larger than 1 GB. Send a shorter part, or only the sound.")
    ROOM = "room", _("There is no room for more files now. What you sent is safe.")
    MANY = "many", _("64 files are the most for one message. Send the rest with the next one.")


@dataclass
class Taken:
    """What became of the files of one body: the sealed ones, and the names of those that were not taken, with why."""

    sealed: list[Attachment] = field(default_factory=list)
    refused: list[tuple[str, Why]] = field(default_factory=list)


class SealingUploadHandler(FileUploadHandler):
    """Seals every file of a body as it comes. `allowed` is asked before the first byte of the first file is taken.

    Nothing is claimed: the sealed files wait, under `owner`, for the message that names them.
    """

    chunk_size = 64 * 1024

    def __init__(self, *, owner: Owner, already: int, at: datetime, allowed: Callable[[], bool]) -> None:
        super().__init__()
        self.taken = Taken()
        self._owner, self._already, self._at, self._allowed = owner, already, at, allowed
        self._file: _Incoming | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A new file begins: this handler takes it, no other sees it."""
        super().new_file(*args, **kwargs)
        if not self._allowed():
            raise SkipFile
        name = tidy_name(self.file_name or "")
        if self._already + len(self.taken.sealed) >= MOST_ATTACHMENTS:
            self._refuse(name, Why.MANY)
        self._file = _Incoming(name, tidy_type(self.content_type or ""), self._owner, self._at)
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """The next bytes of the file."""
        if self._file is None:
            return
        try:
            self._file.update(raw_data)
        except _NotTakenError as error:
            name = self._file.name
            self.abandon()
            self._refuse(name, error.why)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The file has ended: seal its rest and remember the entry that opens it."""
        incoming, self._file = self._file, None
        if incoming is None or not incoming.begun:
            return None
        try:
            self.taken.sealed.append(incoming.finish())
        except _NotTakenError as error:
            incoming.abandon()
            self.taken.refused.append((incoming.name, error.why))
            return None
        # Only its presence counts: Django keeps a list of what came.
        return UploadedFile(ContentFile(b""), name=incoming.name)

    def upload_interrupted(self) -> None:
        """The body broke off in the middle."""
        self.abandon()

    def abandon(self) -> None:
        """Give up the file that is on its way; nothing of it stays."""
        incoming, self._file = self._file, None
        if incoming is not None:
            incoming.abandon()

    def _refuse(self, name: str, why: Why) -> None:
        self.taken.refused.append((name, why))
        raise SkipFile


class _NotTakenError(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class _Incoming:
    """One file on its way: place and time come out of photos as they pass, then everything is sealed."""

    def __init__(self, name: str, kind: str, owner: Owner, at: datetime) -> None:
        self.name, self.kind = name, kind
        self.begun = False
        self._owner, self._at = owner, at
        self._stripping = images.StrippingStream()
        self._sealer = FileSealer()
        self._upload: StreamedUpload | None = None

    def update(self, data: bytes) -> None:
        self.begun = True
        self._seal(self._stripping.update(data))

    def finish(self) -> Attachment:
        self._seal(self._stripping.finish())
        self._write(self._sealer.finish())
        self._begun_upload().finish()
        return self._sealer.attachment(self.name, self._final_kind())

    def abandon(self) -> None:
        if self._upload is not None:
            self._upload.abandon()

    def _final_kind(self) -> str:
        """A photo is called one only if its hidden data is out: what the page says of it depends on that."""
        if self._stripping.stripped:
            return f"image/{self._stripping.kind}"
        return UNKNOWN_TYPE if self.kind in STRIPPED_TYPES else self.kind

    def _seal(self, data: bytes) -> None:
        try:
            self._write(self._sealer.update(data))
        except TooLargeError as error:
            raise _NotTakenError(Why.LARGE) from error

    def _write(self, pieces: Iterable[Piece]) -> None:
        try:
            for piece in pieces:
                self._begun_upload().write(piece)
        except (QuotaReachedError, StorageFullError) as error:
            raise _NotTakenError(Why.ROOM) from error

    def _begun_upload(self) -> StreamedUpload:
        if self._upload is None:
            self._upload = uploads.StreamedUpload(owner=self._owner, at=self._at)
        return self._upload


def tidy_name(name: str) -> str:
    """A file's name without folders, control signs or turned writing, at most 255 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if sign.isprintable() and sign not in TURNING)
    return shown.strip()[-LONGEST_NAME:] or "file"


TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of writing: `txt.exe` must not read as `exe.txt`."""


def tidy_type(kind: str) -> str:
    """A media type as the browser named it, if it is plain ASCII."""
    named = kind.split(";", maxsplit=1)[0].strip().lower()
    return named if named.isascii() and named.isprintable() and len(named) <= LONGEST_TYPE else UNKNOWN_TYPE
