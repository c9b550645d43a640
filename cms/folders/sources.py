"""Where the files of a course come from: a folder on the disk, or a zip file that somebody sent.

A zip file is never unpacked: members are read one by one, and one that could do harm refuses the whole file before
anything is read.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO, Final, Protocol

from django.utils.translation import gettext as _

from cms.folders.errors import Ledger
from hrdplatform.media import archives

MOST_FILES: Final = 2_000
MOST_FILE: Final = 50 * 1024 * 1024
MOST_BYTES: Final = 100 * 1024 * 1024
MOST_TEXTS: Final = 2 * 1024 * 1024
"""A thousand pages of a book; what bounds the time are signs, `cms.folders.reading.MOST_SIGNS`."""
MOST_NAME: Final = 200
MOST_PART: Final = 90
MOST_PART_BYTES: Final = 200
"""What an export takes of a short name or title into the name of a file: two of them, with numbers and endings, are
shorter than `MOST_NAME`, and each is shorter than the 255 bytes that a disk takes.
"""
MOST_ENTRIES: Final = 2 * MOST_FILES
"""Of a zip file, which may name each folder besides the files."""
METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class Source(Protocol):
    """Files by their paths, which are relative, with `/`, and never lead out."""

    sizes: dict[str, int]

    def read(self, path: str) -> bytes:
        """The whole content. Raises `OSError` where it cannot be read."""
        ...


def hidden(path: str) -> bool:
    """What systems and version control leave behind is passed over."""
    parts = PurePosixPath(path).parts
    left = {"__MACOSX", "Thumbs.db", "desktop.ini"}
    return ".." not in parts and any(part.startswith(".") or part in left for part in parts)


class MemorySource:
    """Files that a program has at hand."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.sizes = {path: len(content) for path, content in files.items()}

    def read(self, path: str) -> bytes:
        return self.files[path]


class FolderSource:
    """A folder on the disk, or a single file with the `media/` beside it. Links are not followed."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self.folder = folder if folder.is_dir() else folder.parent
        found = _files(folder) if folder.is_dir() else chain([folder], _files(self.folder / "media"))
        self.sizes: dict[str, int] = {}
        for file in found:
            path = file.relative_to(self.folder).as_posix()
            if hidden(path):
                continue
            if file.is_symlink() or not file.is_file():
                ledger.say(path, 0, _("Links and devices are not taken: put the file itself here."))
                continue
            self.sizes[path] = file.stat().st_size
        check_sizes(self.sizes, ledger)

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()


def _files(folder: Path) -> Iterator[Path]:
    """What stands in a folder and below; nothing where it is missing."""
    pending = [folder] if folder.is_dir() else []
    while pending:
        for file in sorted(pending.pop().iterdir()):
            if file.is_dir() and not file.is_symlink():
                pending.append(file)
            else:
                yield file


class ZipSource:
    """A zip file. One folder around everything, as many programs make it, is taken off."""

    def __init__(self, stream: IO[bytes], ledger: Ledger) -> None:
        self.sizes: dict[str, int] = {}
        self.members: dict[str, zipfile.ZipInfo] = {}
        try:
            self.archive = archives.opened(stream, most=MOST_ENTRIES)
        except archives.TooManyError:
            ledger.say("zip", 0, _("More than %(most)s files.") % {"most": MOST_FILES})
            return
        except archives.BROKEN:
            ledger.say("zip", 0, _("This is not a zip file that we can read. Make it anew and send it again."))
            return
        kept = [info for info in self.archive.infolist() if not (info.is_dir() or hidden(info.filename))]
        if not all([self._harmless(info, ledger) for info in kept]):  # noqa: C419  # all of them are to be said
            return
        top = around(info.filename for info in kept)
        for info in kept:
            path = info.filename.removeprefix(top)
            if path in self.sizes:
                ledger.say(path, 0, _("Two files have this name."))
            self.sizes[path] = info.file_size
            self.members[path] = info
        check_sizes(self.sizes, ledger)

    def _harmless(self, info: zipfile.ZipInfo, ledger: Ledger) -> bool:
        """Says what must not be in a zip file."""
        name = info.filename
        words = ""
        if unsafe(name) or unsafe(info.orig_filename):
            words = _("This name leads out of the folder or has characters that names do not have.")
        elif stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG}:
            words = _("Links and devices are not taken: put the file itself here.")
        elif info.flag_bits & 0x1:
            words = _("This file is behind a password. Make the zip file without one.")
        elif info.compress_type not in METHODS:
            words = _("This file is packed in an unusual way. Make the zip file anew.")
        if words:
            ledger.say(name[:MOST_NAME].replace("\x00", "?"), 0, words)
        return not words

    def read(self, path: str) -> bytes:
        """The member, exactly as long as it said and with the right checksum. Raises `OSError`."""
        try:
            return archives.content(self.archive, self.members[path])
        except archives.BROKEN as error:
            raise OSError(path) from error


def unsafe(name: str) -> bool:
    """Whether a name is absolute, leads upwards, or is none that every system can have."""
    parts = name.split("/")
    return (
        len(name) > MOST_NAME
        or name.startswith("/")
        or any(part in {"", ".", ".."} for part in parts)
        or any(letter in '\\:*?"<>|' or not letter.isprintable() for letter in name)
    )


def cut(name: str) -> str:
    """As much of a short name or title as the name of a file may have."""
    return name[:MOST_PART].encode()[:MOST_PART_BYTES].decode(errors="ignore")


def around(names: Iterator[str] | list[str]) -> str:
    """The folder that all names begin with, with its slash; empty where there is none."""
    tops = {name.split("/", 1)[0] + "/" if "/" in name else "" for name in names}
    return tops.pop() if len(tops) == 1 else ""


def check_sizes(sizes: dict[str, int], ledger: Ledger) -> None:
    """Says which files are too large, and whether all of them together are."""
    for path, size in sizes.items():
        if size > MOST_FILE:
            ledger.say(path, 0, _("This file is larger than %(most)s MB.") % {"most": MOST_FILE // 1024**2})
    if len(sizes) > MOST_FILES:
        ledger.say("", 0, _("More than %(most)s files.") % {"most": MOST_FILES})
    if sum(size for path, size in sizes.items() if not path.startswith("media/")) > MOST_TEXTS:
        ledger.say("", 0, _("All texts together are larger than %(most)s MB.") % {"most": MOST_TEXTS // 1024**2})
    if sum(sizes.values()) > MOST_BYTES:
        ledger.say("", 0, _("All files together are larger than %(most)s MB.") % {"most": MOST_BYTES // 1024**2})
