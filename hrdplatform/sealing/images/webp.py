"""The WebP keep-list (RFC 9649): picture, transparency, animation, colour profile, and of Exif the orientation.

XMP, unknown chunks and whatever follows the end of the container are left out. The head of a WebP tells its whole
length and what is in it, so it is gathered before its first octet goes on; larger ones pass unstripped, with a warning.
"""

from collections.abc import Iterator

from hrdplatform.sealing.errors import MalformedError
from hrdplatform.sealing.images.exif import UPRIGHT, orientation, orientation_only
from hrdplatform.sealing.images.feed import Feed, Pieces

HEAD = 12
LARGEST = 16 * 1024 * 1024
KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
PICTURES = frozenset((b"VP8 ", b"VP8L", b"ANMF"))
IN_FRAME = frozenset((b"VP8 ", b"VP8L", b"ALPH"))
FRAME_HEAD = 16
EXIF_FLAG, XMP_FLAG = 0x08, 0x04

Chunk = tuple[bytes, bytes]


def webp_pieces(feed: Feed) -> Pieces:
    """Yield the picture without its hidden data. Raises MalformedError, before taking anything."""
    yield from feed.require(HEAD + 8, "a WebP beyond its end")
    if feed.held[:4] != b"RIFF" or feed.held[8:HEAD] != b"WEBP":
        raise MalformedError("no WebP")
    size = int.from_bytes(feed.held[4:8], "little") + 8
    if size > LARGEST:
        raise MalformedError("a WebP too large to be taken apart in memory")
    yield from feed.require(size, "a WebP beyond its end")
    body = b"WEBP" + b"".join(_kept(list(_chunks(bytes(feed.held[HEAD:size])))))
    yield b"RIFF" + len(body).to_bytes(4, "little") + body


def _kept(found: list[Chunk]) -> Iterator[bytes]:
    if not PICTURES.intersection(kind for kind, _ in found):
        raise MalformedError("a WebP without a picture")
    exif = next((content for kind, content in found if kind == b"EXIF"), b"")
    value = orientation(_tiff(exif))
    for kind, content in found:
        if kind in KEPT:
            yield _kept_chunk(kind, content, keeps_exif=value != UPRIGHT)
    if value != UPRIGHT:
        yield _made(b"EXIF", orientation_only(value))


def _chunks(octets: bytes) -> Iterator[Chunk]:
    place = 0
    while place + 8 <= len(octets):
        kind, length = octets[place : place + 4], int.from_bytes(octets[place + 4 : place + 8], "little")
        if place + 8 + length > len(octets):
            raise MalformedError("a chunk beyond the end")
        yield kind, octets[place + 8 : place + 8 + length]
        place += 8 + length + length % 2


def _kept_chunk(kind: bytes, content: bytes, *, keeps_exif: bool) -> bytes:
    if kind == b"ANMF":
        inner = (_made(*one) for one in _chunks(content[FRAME_HEAD:]) if one[0] in IN_FRAME)
        return _made(kind, content[:FRAME_HEAD] + b"".join(inner))
    if kind != b"VP8X" or len(content) < 10:
        return _made(kind, content)
    dropped = XMP_FLAG if keeps_exif else XMP_FLAG | EXIF_FLAG
    return _made(kind, bytes((content[0] & ~dropped & 0xFF,)) + content[1:])


def _tiff(exif: bytes) -> bytes:
    """Some writers put JPEG's label before the TIFF block."""
    return exif[6:] if exif.startswith(b"Exif") else exif


def _made(kind: bytes, content: bytes) -> bytes:
    return kind + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)
