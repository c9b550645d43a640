"""The PNG keep-list (W3C PNG, third edition): picture, palette, transparency, colour, animation, orientation.

Texts, times, histograms, private chunks and whatever follows the end of the picture are left out.
"""

import re
from zlib import crc32

from hrdplatform.sealing.errors import MalformedError
from hrdplatform.sealing.images.exif import LONGEST, UPRIGHT, orientation, orientation_only
from hrdplatform.sealing.images.feed import Feed, Pieces

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split())
CHUNK_TYPE = re.compile(rb"[A-Za-z]{4}")
BEYOND = "a chunk beyond the end"


def png_pieces(feed: Feed) -> Pieces:
    """Yield the pieces to keep, in order. Raises MalformedError, before taking what it cannot judge."""
    yield from feed.require(len(SIGNATURE), "no PNG")
    if feed.held[: len(SIGNATURE)] != SIGNATURE:
        raise MalformedError("no PNG")
    yield feed.taken(len(SIGNATURE))
    kind = b""
    while kind != b"IEND":
        yield from feed.require(8, "a PNG without an end")
        length, before, kind = int.from_bytes(feed.held[:4], "big"), kind, bytes(feed.held[4:8])
        if not CHUNK_TYPE.fullmatch(kind) or (not before and kind != b"IHDR"):
            raise MalformedError("no PNG chunk where one should be")
        yield from _chunk(feed, kind, length)


def _chunk(feed: Feed, kind: bytes, length: int) -> Pieces:
    whole = length + 12
    if kind in KEPT:
        yield from feed.passed(whole, BEYOND)
    elif kind == b"eXIf" and length <= LONGEST:
        yield from feed.require(whole, BEYOND)
        value = orientation(feed.taken(whole)[8:-4])
        if value != UPRIGHT:
            yield _made(kind, orientation_only(value))
    elif kind[:1].isupper():
        # An upper-case first letter says that the picture cannot be shown without it.
        raise MalformedError("a critical PNG chunk that is unknown")
    else:
        yield from feed.skipped(whole, BEYOND)


def _made(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + crc32(kind + content).to_bytes(4, "big")
