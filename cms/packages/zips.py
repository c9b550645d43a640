"""Zip files whose bytes depend on nothing but their content: no moment, no machine, no order of a folder."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Final

MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The first that the format knows."""
UNIX: Final = 3
MODE: Final = 0o100644 << 16


def zipped(entries: Iterable[tuple[str, bytes | str]], *, stored: frozenset[str] = frozenset()) -> bytes:
    """The entries in their order; those in `stored`, and pictures, are not pressed together."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, MOMENT)
            info.create_system, info.external_attr = UNIX, MODE
            plain = name in stored or name.endswith(".jpg")
            info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(info, content.encode() if isinstance(content, str) else content)
    return stream.getvalue()
