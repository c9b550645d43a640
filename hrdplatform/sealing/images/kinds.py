"""What a file is, told from its first octets; neither its name nor the type that a browser guessed is asked."""

import re
from collections.abc import Callable
from typing import Literal

Kind = Literal["jpeg", "png", "webp", "heic", "avif", "gif", "tiff", "video", "audio", "pdf", "office", "other"]
Warning_ = Literal["", "photo", "video", "audio", "pdf", "office", "other"]
"""What the page says beside a file: nothing is hidden in it (`""`), or which sort of hidden data it may hold."""

BEGINNING = 4096
"""Octets from the beginning that decide the kind."""
HEIC = re.compile(rb"heic|heix|heim|heis|hevc|hevx|mif1|msf1")
OFFICE = re.compile(
    rb"\[Content_Types\]\.xml|(?:^|[^a-z])(?:word|xl|ppt)/|mimetypeapplication/vnd\.oasis\.opendocument"
)

Sign = Callable[[bytes], bool]


def _starts(*signs: bytes) -> Sign:
    return lambda head: head.startswith(signs)


def _riff(form: bytes) -> Sign:
    return lambda head: head.startswith(b"RIFF") and head[8:12] == form


def _brand(pattern: re.Pattern[bytes]) -> Sign:
    return lambda head: head[4:8] == b"ftyp" and pattern.fullmatch(head[8:12]) is not None


SIGNS: tuple[tuple[Kind, Sign], ...] = (
    ("jpeg", _starts(b"\xff\xd8\xff")),
    ("png", _starts(b"\x89PNG\r\n\x1a\n")),
    ("webp", _riff(b"WEBP")),
    ("gif", _starts(b"GIF87a", b"GIF89a")),
    ("tiff", _starts(b"II*\x00", b"MM\x00*")),
    ("heic", _brand(HEIC)),
    ("avif", _brand(re.compile(rb"avi[fs]"))),
    ("audio", _brand(re.compile(rb"M4[AB] "))),
    ("video", lambda head: head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide")),
    ("video", _starts(b"\x1a\x45\xdf\xa3", b"\x00\x00\x01\xba", b"FLV\x01")),
    ("video", _riff(b"AVI ")),
    ("audio", _riff(b"WAVE")),
    ("audio", _starts(b"ID3", b"fLaC", b"OggS", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"#!AMR")),
    ("pdf", lambda head: b"%PDF-" in head[:1024]),
    ("office", _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")),
    ("office", lambda head: head.startswith(b"PK\x03\x04") and OFFICE.search(head) is not None),
)
"""In this order: the first sign that matches decides."""

PHOTOGRAPHS = frozenset(("jpeg", "png", "webp", "heic", "avif", "gif", "tiff"))


def detect(head: bytes) -> Kind:
    """Return the kind of a file from its first 4,096 octets (fewer if it is shorter)."""
    return next((kind for kind, matches in SIGNS if matches(head[:BEGINNING])), "other")


def warning_for(kind: Kind) -> Warning_:
    """Return what is to be said of a file of this kind that goes on as it is."""
    if kind in PHOTOGRAPHS:
        return "photo"
    return kind if kind in ("video", "audio", "pdf", "office") else "other"
