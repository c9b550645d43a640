"""Zip files from strangers: opened only when their table of contents is small, and read no further than they said."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import IO, Final

BROKEN: Final = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error)
"""What `zipfile` raises on files that are none, and on damaged ones."""

RECORD: Final = struct.Struct("<4s4H2LH")
"""The last record (APPNOTE 4.3.16): signature, two numbers of disks, entries here and in all, length and place of the
table, length of the comment.
"""
SIGNATURE: Final = b"PK\x05\x06"
LARGE: Final = b"PK\x06\x07"
"""What stands before the last record of a file of more than 4 GB (4.3.15); such files are not taken."""
LOCATOR: Final = 20
MOST_END: Final = LOCATOR + RECORD.size + 65_535
"""The last record with the longest comment, and what may stand before it."""
MOST_ROW: Final = 512
"""Bytes of the table for one entry, on an average: names are shorter."""


class TooManyError(zipfile.BadZipFile):
    """More entries than are taken."""


def opened(stream: IO[bytes], *, most: int) -> zipfile.ZipFile:
    """The zip file, if it has at most `most` entries, folders among them. Raises one of `BROKEN`.

    `zipfile` reads the whole table, however long, so that the last record is asked first. It has to be the last thing
    in the file: then `zipfile`, which looks for it from the end as well, finds the same one.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - MOST_END))
    tail = stream.read()
    place = tail.rfind(SIGNATURE)
    if place < 0 or len(tail) - place < RECORD.size:
        raise zipfile.BadZipFile
    _signature, disk, first, here, entries, length, _start, comment = RECORD.unpack_from(tail, place)
    if len(tail) != place + RECORD.size + comment or tail[max(0, place - LOCATOR) : place].startswith(LARGE):
        raise zipfile.BadZipFile
    if disk or first or here != entries:
        raise zipfile.BadZipFile
    if entries > most:
        raise TooManyError
    if length > most * MOST_ROW:
        raise zipfile.BadZipFile
    stream.seek(0)
    archive = zipfile.ZipFile(stream)
    if len(archive.filelist) != entries:
        raise zipfile.BadZipFile
    return archive


def content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The member, exactly as long as it said and with the right checksum. Raises one of `BROKEN`.

    Only as much is unpacked as the member said: `ZipFile.read` unpacks up to a gigabyte before it looks.
    """
    with archive.open(info) as member:
        data = member.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise zipfile.BadZipFile
    return data
