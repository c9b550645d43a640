"""The JPEG keep-list (ITU-T T.81, JFIF 1.02): what makes the picture, its colours and its orientation.

Frame, tables, scans, colour profile, Adobe's colour transform, and of Exif the orientation. Comments, XMP, thumbnails,
maker notes and whatever follows the end of the picture are left out.
"""

import re
from collections.abc import Generator, Iterator

from hrdplatform.sealing.errors import MalformedError
from hrdplatform.sealing.images.exif import UPRIGHT, orientation, orientation_only
from hrdplatform.sealing.images.feed import Feed, Pieces

SOI, EOI, SOS = b"\xff\xd8", 0xD9, 0xDA
PICTURE = frozenset(range(0xC0, 0xD0)) - {0xC8} | {0xDB, 0xDC, 0xDD, SOS}
"""Tables and frames: DHT, DAC, DQT, DNL, DRI, every SOF, and the head of a scan."""
APP0, APP1, APP2, APP14, APP15, COM = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
EXIF = b"Exif\x00\x00"
MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""What ends entropy-coded data: a marker that is neither a restart nor a stuffed zero."""


def jpeg_pieces(feed: Feed) -> Pieces:
    """Yield the pieces to keep, in order. Raises MalformedError, before taking what it cannot judge."""
    yield from feed.require(2, "no JPEG")
    if feed.held[:2] != SOI:
        raise MalformedError("no JPEG")
    yield feed.taken(2)
    scans = 0
    # Cut short behind a scan, as broken transfers are: decoders show what is there.
    while not scans or (yield from feed.has(1)):
        width = yield from _marker_width(feed)
        code = feed.held[width - 1]
        if code == EOI:
            yield bytes((0xFF, EOI))
            return
        yield from _kept(code, (yield from _segment(feed, width)))
        if code == SOS:
            scans += 1
            yield from _scan(feed)


def _marker_width(feed: Feed) -> Generator[None, None, int]:
    """Return how many octets the marker at the beginning takes, fill octets before it included."""
    yield from feed.require(1, "no marker where one should be")
    width = 0
    while feed.held[width] == 0xFF:
        width += 1
        yield from feed.require(width + 1, "no marker where one should be")
    code = feed.held[width]
    if not width or not (code in PICTURE or code in (EOI, COM) or APP0 <= code <= APP15):
        raise MalformedError("a marker out of place, or of a kind of JPEG that browsers do not show")
    return width + 1


def _segment(feed: Feed, width: int) -> Generator[None, None, bytes]:
    """Take a marker of `width` octets with its segment; return the segment, its two octets of length included."""
    yield from feed.require(width + 2, "a segment beyond the end")
    length = int.from_bytes(feed.held[width : width + 2], "big")
    if length < 2:
        raise MalformedError("a segment shorter than its length field")
    yield from feed.require(width + length, "a segment beyond the end")
    return feed.taken(width + length)[width:]


def _scan(feed: Feed) -> Pieces:
    """Yield entropy-coded data up to the next marker, or to the end of the file."""
    while True:
        if found := MARKER_IN_SCAN.search(feed.held):
            yield feed.taken(found.start())
            return
        # The last octet may be the first half of a marker.
        waits = not feed.ended and feed.held.endswith(b"\xff")
        yield feed.taken(len(feed.held) - int(waits))
        if feed.ended:
            return
        yield None


def _kept(code: int, segment: bytes) -> Iterator[bytes]:
    content = segment[2:]
    whole = bytes((0xFF, code)) + segment
    if (
        code in PICTURE
        or (code == APP2 and content.startswith(b"ICC_PROFILE\x00"))
        or (code == APP14 and content.startswith(b"Adobe"))
    ):
        yield whole
    elif code == APP0 and content.startswith(b"JFIF\x00") and len(content) >= 14:
        # Width and height of the thumbnail become nought, and the thumbnail behind them goes.
        yield _made(code, content[:12] + b"\x00\x00")
    elif code == APP1 and content.startswith(EXIF):
        value = orientation(content[len(EXIF) :])
        if value != UPRIGHT:
            yield _made(code, EXIF + orientation_only(value))


def _made(code: int, content: bytes) -> bytes:
    return bytes((0xFF, code)) + (len(content) + 2).to_bytes(2, "big") + content
