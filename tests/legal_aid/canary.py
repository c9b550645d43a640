"""Looking for a bird where no bird may be: one text in all the spellings in which it could lie about."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus


def spellings(text: str) -> dict[str, bytes]:
    """The text as UTF-8 and UTF-16, in base64 at each of its three offsets, hex, URL- and JSON-escaped."""
    plain = text.encode()
    found = {
        "utf-8": plain,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "url": quote(text).encode(),
        "url+": quote_plus(text).encode(),
        "json": json.dumps(text)[1:-1].encode(),
        "base64-utf-16": _inner(base64.b64encode(text.encode("utf-16-le"))),
    }
    for offset in range(3):
        found[f"base64-{offset}"] = _inner(base64.b64encode(b"\x00" * offset + plain), skip=offset)
    return found


def sightings(text: str, content: bytes) -> list[str]:
    """In which spellings the text stands in `content`, also inside what was compressed there."""
    wanted = spellings(text)
    return [
        f"{layer}{name}" for layer, bytes_ in _layers(content) for name, spelled in wanted.items() if spelled in bytes_
    ]


def sightings_in(text: str, place: Path) -> list[str]:
    """The same for every file below a folder, and for the names of the files."""
    found = []
    for path in place.rglob("*"):
        if any(spelled in str(path).encode() for spelled in spellings(text).values()):
            found.append(f"{path}: name")
        if path.is_file():
            found += [f"{path}: {name}" for name in sightings(text, path.read_bytes())]
    return found


def _inner(encoded: bytes, skip: int = 0) -> bytes:
    """The part of a base64 text that does not depend on what stands around it."""
    start = (skip * 8 + 5) // 6 + 1 if skip else 0
    return encoded.rstrip(b"=")[start:-1]


def _layers(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield "", content
    place = content.find(b"\x1f\x8b\x08")
    while place >= 0:
        unpacked = _unpacked(content[place:])
        if unpacked:
            yield "gzip, ", unpacked
        place = content.find(b"\x1f\x8b\x08", place + 1)


def _unpacked(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(content, 64 * 1024 * 1024)
    except zlib.error:
        return b""


def packed(text: str) -> bytes:
    """The text as a compressed log would hold it."""
    return b"before" + gzip.compress(f"line with {text}".encode()) + b"after"
