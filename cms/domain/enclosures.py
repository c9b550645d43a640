"""Pictures and documents that a folder encloses: through the platform's gates into the organisation's shelf, and the
names under which they go out again. Bytes that lie on the shelf already are used again.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from wagtail.models import Collection

from cms.folders.errors import Ledger
from cms.folders.sources import Source, cut
from hrdplatform.accounts.models import User
from hrdplatform.media import documents, pictures
from hrdplatform.media.models import PlatformDocument, PlatformImage

FOLDER: Final = "media/"
Kept = PlatformImage | PlatformDocument
KINDS: Final[dict[str, tuple[Any, type[ValidationError]]]] = {
    "image": (PlatformImage, pictures.PictureRefusedError),
    "document": (PlatformDocument, documents.DocumentRefusedError),
}


Made = Callable[[], File[bytes]]
"""Opens what is to be stored; files are opened one by one, since all of them together are large."""
Gate = Callable[[str, bytes], Made]
"""What a picture passes, by its path in the folder. Raises `PictureRefusedError`."""


def clean_copy(path: str, data: bytes) -> Made:
    """The picture as the platform writes it."""
    clean = pictures.clean_copy(io.BytesIO(data), PurePosixPath(path).name, len(data))
    content = clean.read()
    return lambda: ContentFile(content, clean.name)


@dataclass
class Enclosure:
    """One file: what stands on the shelf for it, or what is to be put there."""

    kind: str
    title: str
    found: Kept | None
    made: Made | None = None


@dataclass
class Enclosures:
    """The files of one folder that its texts use, looked at but not yet stored."""

    collection: Collection
    by: User | None
    gate: Gate
    files: dict[str, Enclosure] = field(default_factory=dict)

    def look(self, source: Source, used: Mapping[str, str], ledger: Ledger) -> None:
        """Sends every used file through its gate; says what the gate refuses. Stores nothing."""
        for path, kind in sorted(used.items()):
            try:
                self.files[path] = self._looked_at(source, path, kind)
            except KINDS[kind][1] as refused:
                ledger.say(path, 0, " ".join(refused.messages))
            except OSError:
                ledger.say(path, 0, str(pictures.damaged().messages[0]))

    def unknown(self, source: Source, used: Mapping[str, str]) -> list[str]:
        """The used pictures that can be read and of which the shelf does not have the very bytes."""
        found = []
        for path in sorted(path for path, kind in used.items() if kind == "image"):
            try:
                data = source.read(path)
            except OSError:
                continue
            if self._standing("image", _title(path), data) is None:
                found.append(path)
        return found

    def _looked_at(self, source: Source, path: str, kind: str) -> Enclosure:
        title, data = _title(path), source.read(path)
        found = self._standing(kind, title, data)
        if found is not None:
            return Enclosure(kind, title, found)
        if kind == "document":
            documents.check(io.BytesIO(data), path, len(data))
            return Enclosure(kind, title, None, lambda: ContentFile(source.read(path), PurePosixPath(path).name))
        made = self.gate(path, data)
        with made() as content:
            return Enclosure(kind, title, self._standing(kind, title, content.read()), made)

    def _standing(self, kind: str, title: str, data: bytes) -> Kept | None:
        """What the shelf has of these very bytes, of this title if there is a choice."""
        same = KINDS[kind][0].objects.filter(collection=self.collection, file_hash=_digest(data))
        rows: list[Kept] = list(same.order_by("pk"))
        return next((row for row in rows if row.title == title), rows[0] if rows else None)

    def store(self) -> None:
        """Puts on the shelf what is not there yet."""
        for enclosure in self.files.values():
            if enclosure.found is None and enclosure.made is not None:
                with enclosure.made() as content:
                    enclosure.found = self._stored(enclosure, content)

    def _stored(self, enclosure: Enclosure, content: File[bytes]) -> Kept:
        kept = {"title": enclosure.title[:255], "collection": self.collection, "uploaded_by_user": self.by}
        row: Kept
        if enclosure.kind == "document":
            row = PlatformDocument(**kept, file=content)
            row._set_document_file_metadata()  # noqa: SLF001  # as Wagtail's own upload form does
        else:
            row = PlatformImage(**kept, **_measured(content))
        row.save()
        return row

    def key(self, path: str) -> int | None:
        """The number of what stands on the shelf for a file; none while it is not stored."""
        enclosure = self.files.get(path)
        return enclosure.found.pk if enclosure and enclosure.found else None

    def new(self) -> list[str]:
        """The files that the shelf does not have yet."""
        return [path for path, enclosure in self.files.items() if enclosure.found is None]


def _title(path: str) -> str:
    """What a file is called on the shelf."""
    return path.removeprefix(FOLDER).rpartition(".")[0]


def _measured(content: File[bytes]) -> dict[str, Any]:
    """A picture in the storage and what its row says of it, read from its head: Wagtail would decode it twice, and the
    database is locked meanwhile.
    """
    width, height = pictures.opened(content).size
    digest = _digest(content.open().read())
    name = PlatformImage().get_upload_to(content.name or "")
    stored = PlatformImage._meta.get_field("file").storage.save(name, content)  # noqa: SLF001  # Django's documented name
    return {"file": stored, "width": width, "height": height, "file_size": content.size, "file_hash": digest}


def _digest(data: bytes) -> str:
    """The hash that Wagtail notes beside each file."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


@dataclass
class Names:
    """Names in `media/` for what pages use, in the order of first use: the title, and the ending of the file."""

    given: dict[tuple[str, int], str] = field(default_factory=dict)
    rows: dict[str, Kept] = field(default_factory=dict)

    def name(self, kind: str, key: int | None) -> str:
        """`media/…` for an image or document; empty for one that is no longer there."""
        if key is None:
            return ""
        if (kind, key) not in self.given:
            row: Kept | None = KINDS[kind][0].objects.filter(pk=key).first()
            if row is None:
                return ""
            name = self._free(row)
            self.given[kind, key] = name
            self.rows[name] = row
        return self.given[kind, key]

    def _free(self, row: Kept) -> str:
        stem = cut(re.sub(r"[^\w.-]+", "-", row.title).strip("-.")).rstrip("-.") or "file"
        ending = PurePosixPath(row.file.name).suffix.lower()
        name, number = f"{FOLDER}{stem}{ending}", 2
        while name in self.rows:
            name, number = f"{FOLDER}{stem}-{number}{ending}", number + 1
        return name

    def sizes(self) -> dict[str, int]:
        """Name and length of each."""
        return {name: row.file.size for name, row in self.rows.items()}

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Name and stored original of each, by name."""
        for name, row in sorted(self.rows.items()):
            with row.file.storage.open(row.file.name, "rb") as stream:
                yield name, stream.read()
