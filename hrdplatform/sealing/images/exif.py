"""The one thing that stays of an Exif block: the orientation, without which a photograph would lie on its side."""

import struct

ORIENTATION = 0x0112
SHORT = 3
UPRIGHT = 1
LONGEST = 1 << 20
"""Exif blocks beyond this many octets are dropped unread."""


def orientation(tiff: bytes) -> int:
    """Return 2…8 from a TIFF block (from its byte-order mark on), 1 when there is nothing to keep.

    Never raises: an unreadable block is dropped like the rest of it (CIPA DC-008, TIFF 6.0).
    """
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 14:
        return UPRIGHT
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    if start + 2 > len(tiff):
        return UPRIGHT
    (count,) = struct.unpack_from(order + "H", tiff, start)
    for entry in range(start + 2, min(len(tiff), start + 2 + 12 * count) - 11, 12):
        tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, entry)
        if (tag, kind) == (ORIENTATION, SHORT):
            return int(value) if 2 <= value <= 8 else UPRIGHT
    return UPRIGHT


def orientation_only(value: int) -> bytes:
    """Return a TIFF block of 26 octets that gives the orientation and nothing else."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, SHORT, 1, value, 0, 0)
