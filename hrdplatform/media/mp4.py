"""MP4 with H.264 and AAC, looked at box by box. ISO/IEC 14496-12 (boxes), -14 (`mp4a`), -15 (`avc1`), -1 (descriptors).

What a player needs is on a list; every other box (`udta` with place and device, `meta`, `uuid`, free space) becomes
`free` and is filled with zeros. The times of recording and the names of handlers are zeroed as well. A track that is
neither pictures nor sound is refused: a phone's or camera's track of places lies among the pictures' bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from hrdplatform.media.containers import BrokenContainerError, Cleaning, ForeignPartError, exactly

BRANDS: Final = frozenset(
    {
        b"isom",
        b"iso2",
        b"iso3",
        b"iso4",
        b"iso5",
        b"iso6",
        b"iso7",
        b"iso8",
        b"iso9",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
    }
)

KEPT: Final[dict[bytes, frozenset[bytes]]] = {
    b"": frozenset({b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"mfra", b"sidx"}),
    b"moov": frozenset({b"mvhd", b"trak", b"mvex"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf", b"elng"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"dinf", b"stbl"}),
    b"stbl": frozenset(
        {
            b"stsd",
            b"stts",
            b"ctts",
            b"cslg",
            b"stss",
            b"stsc",
            b"stsz",
            b"stz2",
            b"stco",
            b"co64",
            b"sdtp",
            b"sbgp",
            b"sgpd",
        }
    ),
    b"mvex": frozenset({b"mehd", b"trex"}),
    b"moof": frozenset({b"mfhd", b"traf"}),
    b"traf": frozenset({b"tfhd", b"tfdt", b"trun", b"sdtp", b"sbgp", b"sgpd"}),
}
"""Box -> the boxes in it that stay. A box that has no line here is kept whole."""

CODECS: Final = {b"vide": frozenset({b"avc1", b"avc3"}), b"soun": frozenset({b"mp4a"})}
AAC: Final = frozenset({0x40, 0x66, 0x67, 0x68})
"""Object types of MPEG-4 and MPEG-2 AAC (ISO/IEC 14496-1, table 5)."""

MOST_HEAD: Final = 64 * 1024
"""Bytes of the boxes that are read whole."""


@dataclass(frozen=True)
class Box:
    """One box: `start` of its header, `body`, `end`."""

    kind: bytes
    start: int
    body: int
    end: int


def look(stream: IO[bytes], size: int) -> Cleaning:
    """What is to be blanked. Raises `BrokenContainerError` and `ForeignPartError`."""
    cleaning = Cleaning()
    first = next(boxes(stream, 0, size, cleaning), None)
    if first is None or first.kind != b"ftyp" or not brands(stream, first) & BRANDS:
        raise BrokenContainerError
    found = walk(stream, b"", 0, size, cleaning)
    if b"moov" not in found or b"mdat" not in found or not cleaning.pictures:
        raise BrokenContainerError
    return cleaning


def boxes(stream: IO[bytes], start: int, end: int, cleaning: Cleaning) -> Iterator[Box]:
    """The boxes between two offsets, which they fill exactly."""
    while start < end:
        cleaning.count()
        head = exactly(stream, start, 8)
        length, body = int.from_bytes(head[:4], "big"), start + 8
        if length == 1:
            length, body = int.from_bytes(exactly(stream, body, 8), "big"), start + 16
        elif length == 0:
            length = end - start
        if start + length > end or start + length < body:
            raise BrokenContainerError
        yield Box(head[4:], start, body, start + length)
        start += length


def walk(stream: IO[bytes], parent: bytes, start: int, end: int, cleaning: Cleaning) -> set[bytes]:
    """Notes what is to be blanked below `parent`; answers the kinds of box that stay in it."""
    found = set()
    for box in boxes(stream, start, end, cleaning):
        if box.kind not in KEPT[parent]:
            cleaning.written.append((box.start + 4, b"free"))
            cleaning.zeroed.append((box.body, box.end - box.body))
            continue
        found.add(box.kind)
        if box.kind in KEPT:
            inner = walk(stream, box.kind, box.body, box.end, cleaning)
            if box.kind == b"trak":
                check_track(stream, box, inner)
        elif box.kind in {b"mvhd", b"tkhd", b"mdhd"}:
            forget_times(stream, box, cleaning)
        elif box.kind == b"hdlr":
            cleaning.zeroed.append((box.body + 24, max(0, box.end - box.body - 24)))
            cleaning.pictures += exactly(stream, box.body + 8, 4) == b"vide"
    return found


def brands(stream: IO[bytes], box: Box) -> set[bytes]:
    """The major and the compatible brands."""
    content = head_of(stream, box)
    return {content[:4], *(content[place : place + 4] for place in range(8, len(content), 4))}


def forget_times(stream: IO[bytes], box: Box, cleaning: Cleaning) -> None:
    """Zeroes when it was recorded and changed; keeps the length of the film in mind."""
    content = head_of(stream, box)
    wide = content[:1] == b"\x01"
    cleaning.zeroed.append((box.body + 4, 16 if wide else 8))
    if box.kind == b"mvhd":
        at, width = (20, 8) if wide else (12, 4)
        scale = int.from_bytes(content[at : at + 4], "big")
        ticks = int.from_bytes(content[at + 4 : at + 4 + width], "big")
        cleaning.seconds = ticks / scale if scale and ticks < 1 << (8 * width - 1) else 0.0


def check_track(stream: IO[bytes], track: Box, inner: set[bytes]) -> None:
    """Raises `ForeignPartError` for a track that is neither H.264 nor AAC."""
    if b"mdia" not in inner:
        raise BrokenContainerError
    media = child(stream, track, b"mdia")
    handler = exactly(stream, child(stream, media, b"hdlr").body + 8, 4)
    if handler not in CODECS:
        raise ForeignPartError(handler.decode("ascii", "replace"))
    table = child(stream, child(stream, child(stream, media, b"minf"), b"stbl"), b"stsd")
    entries = list(boxes(stream, table.body + 8, table.end, Cleaning()))
    for entry in entries:
        if entry.kind not in CODECS[handler] or (entry.kind == b"mp4a" and not is_aac(head_of(stream, entry))):
            raise ForeignPartError(entry.kind.decode("ascii", "replace"))
    if not entries:
        raise BrokenContainerError


def child(stream: IO[bytes], parent: Box, kind: bytes) -> Box:
    """The first box of `kind` in another. Raises `BrokenContainerError` where there is none."""
    for box in boxes(stream, parent.body, parent.end, Cleaning()):
        if box.kind == kind:
            return box
    raise BrokenContainerError


def head_of(stream: IO[bytes], box: Box) -> bytes:
    """The content of a small box. Raises `BrokenContainerError` for one that is not small."""
    length = box.end - box.body
    if length > MOST_HEAD:
        raise BrokenContainerError
    return exactly(stream, box.body, length)


def is_aac(entry: bytes) -> bool:
    """Whether the decoder's description of a sound track names AAC."""
    place = entry.find(b"esds")
    if place < 0:
        return False
    tag, content = descriptor(entry[place + 8 :])
    if tag != 3 or len(content) < 3:
        return False
    flags = content[2]
    skipped = 3 + (2 if flags & 0x80 else 0) + (2 if flags & 0x20 else 0)
    if flags & 0x40 and len(content) > skipped:
        skipped += 1 + content[skipped]
    tag, content = descriptor(content[skipped:])
    return tag == 4 and content[:1] != b"" and content[0] in AAC


def descriptor(content: bytes) -> tuple[int, bytes]:
    """Tag and content of an MPEG-4 descriptor; its length has seven bits in each byte, four bytes at most."""
    if not content:
        return 0, b""
    length = 0
    for place in range(1, min(5, len(content))):
        length = length << 7 | content[place] & 0x7F
        if not content[place] & 0x80:
            return content[0], content[place + 1 : place + 1 + length]
    return 0, b""
