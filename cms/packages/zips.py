"""Zip files whose bytes depend on nothing but their content: no moment, no machine, no order of a folder."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import IO, Final

MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The first that the format knows."""
Entry = tuple[str, bytes | str]
UNIX: Final = 3
MODE: Final = 0o100644 << 16


def write_zip(stream: IO[bytes], entries: Iterable[Entry], *, stored: frozenset[str] = frozenset()) -> None:
    """Writes the entries in their order; those in `stored`, and pictures, are not pressed together."""
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, MOMENT)
            info.create_system, info.external_attr = UNIX, MODE
            plain = name in stored or name.endswith(".jpg")
            info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(info, content.encode() if isinstance(content, str) else content)


def zipped(entries: Iterable[Entry], *, stored: frozenset[str] = frozenset()) -> bytes:
    """As `write_zip`, in memory."""
    stream = io.BytesIO()
    write_zip(stream, entries, stored=stored)
    return stream.getvalue()
