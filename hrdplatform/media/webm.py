"""WebM with VP8, VP9 or AV1 and Opus or Vorbis, looked at element by element. RFC 8794 (EBML), RFC 9559 (Matroska).

What a player needs is on a list; every other element (`Tags`, `Attachments`, `Chapters`, titles, dates, the names of
tracks and checksums over them) becomes `Void` and is filled with zeros. The programs that wrote it are zeroed as well.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from hrdplatform.media.containers import BrokenContainerError, Cleaning, ForeignPartError, exactly

EBML: Final = 0x1A45DFA3
DOCTYPE: Final = 0x4282
SEGMENT: Final = 0x18538067
INFO: Final = 0x1549A966
TRACKS: Final = 0x1654AE6B
CLUSTER: Final = 0x1F43B675
TRACK_ENTRY: Final = 0xAE
TRACK_TYPE: Final = 0x83
CODEC: Final = 0x86
TIMESTAMP_SCALE: Final = 0x2AD7B1
DURATION: Final = 0x4489
PROGRAMS: Final = frozenset({0x4D80, 0x5741})
"""`MuxingApp` and `WritingApp`: they must be there, and may be empty."""

IN_CLUSTER: Final = frozenset({0xE7, 0xA3, 0xA0, 0xA7, 0xAB})
"""`Timestamp`, `SimpleBlock`, `BlockGroup`, `Position`, `PrevSize`: all that a cluster keeps."""

KEPT: Final[dict[int, frozenset[int]]] = {
    0: frozenset({EBML, SEGMENT}),
    SEGMENT: frozenset({0x114D9B74, INFO, TRACKS, CLUSTER, 0x1C53BB6B}),
    INFO: frozenset({TIMESTAMP_SCALE, DURATION, *PROGRAMS}),
    TRACKS: frozenset({TRACK_ENTRY}),
    # number, type, uid, lacing, default, forced, enabled, language (two kinds), codec with its data, delay, preroll,
    # default duration, picture, sound, the encoding of alpha
    TRACK_ENTRY: frozenset(
        {0xD7, TRACK_TYPE, 0x73C5, 0x9C, 0x88, 0x55AA, 0xB9, 0x22B59C, 0x22B59D, CODEC, 0x63A2, 0x56AA, 0x56BB}
        | {0x23E383, 0xE0, 0xE1, 0x55EE}
    ),
    CLUSTER: IN_CLUSTER,
}
"""Element -> the elements in it that stay. An element that has no line here is kept whole."""

CODECS: Final = {
    1: frozenset({b"V_VP8", b"V_VP9", b"V_AV1"}),
    2: frozenset({b"A_OPUS", b"A_VORBIS"}),
}
"""`TrackType` -> codecs: 1 is pictures, 2 is sound."""

MOST_VALUE: Final = 1024


@dataclass(frozen=True)
class Element:
    """One element: `start` of its header, `body`, `end`; `open` where its length is not known (a live recording)."""

    identifier: int
    start: int
    body: int
    end: int
    open: bool


def look(stream: IO[bytes], size: int) -> Cleaning:
    """What is to be blanked. Raises `BrokenContainerError` and `ForeignPartError`."""
    cleaning = Cleaning()
    first = next(elements(stream, 0, size, cleaning), None)
    if first is None or first.identifier != EBML or value(stream, first, DOCTYPE) != b"webm":
        raise BrokenContainerError
    found = walk(stream, 0, 0, size, cleaning)
    if not {SEGMENT, TRACKS, CLUSTER} <= found or not cleaning.pictures:
        raise BrokenContainerError
    return cleaning


def elements(stream: IO[bytes], start: int, end: int, cleaning: Cleaning) -> Iterator[Element]:
    """The elements between two offsets, which they fill exactly."""
    while start < end:
        cleaning.count()
        head = exactly(stream, start, min(12, end - start))
        identifier, width = number(head, keep_marker=True)
        length, more = number(head[width:], keep_marker=False)
        body = start + width + more
        unknown = length == (1 << 7 * more) - 1
        if unknown and identifier not in {SEGMENT, CLUSTER}:
            raise BrokenContainerError
        stop = end if unknown else body + length
        if stop > end:
            raise BrokenContainerError
        yield Element(identifier, start, body, stop, unknown)
        # A cluster of unknown length ends where the next one begins: its parts are looked at beside it.
        start = body if unknown and identifier == CLUSTER else stop


def number(content: bytes, *, keep_marker: bool) -> tuple[int, int]:
    """A number of variable length and how many bytes it takes (RFC 8794, section 4)."""
    if not content or not content[0]:
        raise BrokenContainerError
    width = 9 - content[0].bit_length()
    if len(content) < width or (keep_marker and width > 4):
        raise BrokenContainerError
    found = int.from_bytes(content[:width], "big")
    return (found if keep_marker else found & ~(1 << 7 * width)), width


def walk(stream: IO[bytes], parent: int, start: int, end: int, cleaning: Cleaning) -> set[int]:
    """Notes what is to be blanked below `parent`; answers the elements that stay, at every depth."""
    found: set[int] = set()
    kept = KEPT[parent]
    for element in elements(stream, start, end, cleaning):
        if element.identifier not in kept:
            blank(element, cleaning)
            continue
        found.add(element.identifier)
        if element.identifier == CLUSTER and element.open:
            kept = kept | IN_CLUSTER
        elif element.identifier in KEPT:
            found |= walk(stream, element.identifier, element.body, element.end, cleaning)
        elif element.identifier in PROGRAMS:
            cleaning.zeroed.append((element.body, element.end - element.body))
        if element.identifier == TRACK_ENTRY:
            check_track(stream, element, cleaning)
        elif element.identifier == INFO:
            cleaning.seconds = seconds(stream, element)
    return found


def blank(element: Element, cleaning: Cleaning) -> None:
    """A `Void` of the same length in all: one byte of name, the rest of the old header as its length."""
    whole = element.end - element.start
    width = min(8, element.body - element.start - 1)
    length = whole - 1 - width
    if width == 1 and length > 126:  # cannot be: a header of two bytes announces no more
        raise BrokenContainerError
    cleaning.zeroed.append((element.start + 1 + width, length))
    cleaning.written.append((element.start, b"\xec" + (length | 1 << 7 * width).to_bytes(width, "big")))


def check_track(stream: IO[bytes], track: Element, cleaning: Cleaning) -> None:
    """Raises `ForeignPartError` for a track that is neither of our pictures nor of our sounds."""
    kind = int.from_bytes(value(stream, track, TRACK_TYPE), "big")
    codec = value(stream, track, CODEC).rstrip(b"\x00")
    if codec not in CODECS.get(kind, frozenset()):
        raise ForeignPartError(codec.decode("ascii", "replace")[:40])
    cleaning.pictures += kind == 1


def seconds(stream: IO[bytes], info: Element) -> float:
    """How long it is; 0 where the file does not say."""
    content = value(stream, info, DURATION)
    if len(content) not in {4, 8}:
        return 0.0
    (ticks,) = struct.unpack(">f" if len(content) == 4 else ">d", content)
    scale = int.from_bytes(value(stream, info, TIMESTAMP_SCALE), "big") or 1_000_000
    return ticks * scale / 1e9 if math.isfinite(ticks) and ticks > 0 else 0.0


def value(stream: IO[bytes], parent: Element, identifier: int) -> bytes:
    """The content of the first such element in another; empty where there is none."""
    for element in elements(stream, parent.body, parent.end, Cleaning()):
        if element.identifier == identifier:
            length = element.end - element.body
            if length > MOST_VALUE:
                raise BrokenContainerError
            return exactly(stream, element.body, length)
    return b""
