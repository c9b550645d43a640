"""Documents at the gate: the content must be what the ending says, and nothing that runs.

Archives are never unpacked: of the formats that are zip files only the table of contents is read. Documents keep what
their authors wrote into them, names included; the form says so.
"""

from __future__ import annotations

import codecs
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from hrdplatform.media import archives
from hrdplatform.media.pictures import extension

MOST_BYTES: Final = 50 * 1024 * 1024
MOST_ENTRIES: Final = 20_000
CHUNK: Final = 64 * 1024

OFFICE: Final = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}
"""ECMA-376: the part that says which program a package is for."""

MIMETYPES: Final = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
    ".odp": b"application/vnd.oasis.opendocument.presentation",
    ".epub": b"application/epub+zip",
}
"""OpenDocument 1.3 part 2 and EPUB OCF 3: the first entry is `mimetype`, stored, at a fixed place."""

TEXT: Final = {".txt", ".csv"}
EXTENSIONS: Final = sorted(ending[1:] for ending in {".pdf", *OFFICE, *MIMETYPES, *TEXT})


class DocumentRefusedError(ValidationError):
    """The document cannot be taken; the message says why and what to do."""


def check(stream: IO[bytes], name: str, size: int) -> None:
    """Raises `DocumentRefusedError`; leaves the stream at its beginning."""
    if size > MOST_BYTES:
        raise DocumentRefusedError(
            _("This document has %(size)s. The most is %(most)s."),
            code="too_large",
            params={"size": filesizeformat(size), "most": filesizeformat(MOST_BYTES)},
        )
    ending = extension(name)
    if ending[1:] not in EXTENSIONS:
        raise DocumentRefusedError(
            _("“%(name)s” cannot be taken. Send one of these: %(kinds)s."),
            code="kind",
            params={"name": name, "kinds": ", ".join(EXTENSIONS).upper()},
        )
    stream.seek(0)
    honest = is_text(stream) if ending in TEXT else is_what_it_says(stream, ending)
    stream.seek(0)
    if not honest:
        raise DocumentRefusedError(
            _("The name says %(said)s, but the content is something else or damaged. Save it anew and send it again."),
            code="mismatch",
            params={"said": ending[1:].upper()},
        )


def is_what_it_says(stream: IO[bytes], ending: str) -> bool:
    """Whether the first bytes, and for packages the table of contents, fit the ending."""
    head = stream.read(128)
    if ending == ".pdf":
        return head.startswith(b"%PDF-")
    if not head.startswith(b"PK\x03\x04"):
        return False
    if ending in MIMETYPES:
        return head[30:38] == b"mimetype" and head[38:].startswith(MIMETYPES[ending])
    return holds(stream, OFFICE[ending])


def holds(stream: IO[bytes], part: str) -> bool:
    """Whether an office package has its main part. Raises `DocumentRefusedError` for one with macros."""
    stream.seek(0)
    try:
        names = archives.opened(stream, most=MOST_ENTRIES).namelist()
    except archives.BROKEN:
        return False
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise DocumentRefusedError(
            _("This document holds macros, which could run on readers’ devices. Save it without."), code="macros"
        )
    return part in names


def is_text(stream: IO[bytes]) -> bool:
    """Whether the content is UTF-8 without NUL."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(CHUNK):
            if b"\x00" in chunk:
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
