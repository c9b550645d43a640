"""Small files of moving pictures, built part by part, and rows of videos."""

from __future__ import annotations

import struct

from django.core.files.base import ContentFile

from cms.domain.sections import collection_of
from hrdplatform.media.models import PlatformVideo, Track
from hrdplatform.organisations.models import Organisation
from tests.factories.cms import image

CHAPTERS = b"WEBVTT\n\n00:00.000 --> 00:01.500\nThe number\n\n2\n00:01.500 --> 00:02.000\nThe arm &amp; the pen\n"
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nWrite the <b>number</b> on your arm.\n"
PICTURES = b"pictures and sound stay as they are"
LONG_AGO = 3_800_000_000
"""Seconds since 1904: when somebody pressed the button."""


def box(kind: bytes, *content: bytes) -> bytes:
    joined = b"".join(content)
    return struct.pack(">I", len(joined) + 8) + kind + joined


def full(kind: bytes, *content: bytes) -> bytes:
    """A box with version and flags."""
    return box(kind, bytes(4), *content)


AAC = full(b"esds", b"\x03\x16\x00\x01\x00\x04\x11\x40\x15" + bytes(11) + b"\x05\x02\x12\x10")
MP3 = AAC.replace(b"\x04\x11\x40", b"\x04\x11\x6b")


def mp4_track(handler: bytes, codec: bytes, *, entry: bytes = b"", name: bytes = b"Telefon von Maria\0") -> bytes:
    return box(
        b"trak",
        full(b"tkhd", struct.pack(">II", LONG_AGO, LONG_AGO), bytes(72)),
        box(
            b"mdia",
            full(b"mdhd", struct.pack(">IIII", LONG_AGO, LONG_AGO, 600, 1200), bytes(4)),
            full(b"hdlr", bytes(4), handler, bytes(12), name),
            box(b"minf", box(b"stbl", full(b"stsd", struct.pack(">I", 1), box(codec, bytes(78), entry)))),
        ),
    )


def mp4(*extra: bytes, tracks: tuple[bytes, ...] = (), brand: bytes = b"isom", ticks: int = 1500) -> bytes:
    """An MP4 of two and a half seconds; `extra` are boxes beside the tracks."""
    moov = box(
        b"moov",
        full(b"mvhd", struct.pack(">IIII", LONG_AGO, LONG_AGO, 600, ticks), bytes(80)),
        *(tracks or (mp4_track(b"vide", b"avc1"), mp4_track(b"soun", b"mp4a", entry=AAC))),
        *extra,
    )
    return box(b"ftyp", brand, bytes(4), brand) + moov + box(b"mdat", PICTURES)


def element(identifier: int, *content: bytes, width: int = 0) -> bytes:
    """An element; `width` is the number of bytes for its length."""
    joined = b"".join(content)
    width = width or (1 if len(joined) < 127 else 8)
    name = identifier.to_bytes((identifier.bit_length() + 7) // 8, "big")
    return name + (len(joined) | 1 << 7 * width).to_bytes(width, "big") + joined


def webm_track(number: int, kind: int, codec: bytes) -> bytes:
    return element(
        0xAE,
        element(0xD7, bytes([number])),
        element(0x83, bytes([kind])),
        element(0x86, codec),
        element(0x536E, b"Maria"),
    )


def webm(*extra: bytes, tracks: tuple[bytes, ...] = (), doctype: bytes = b"webm", live: bool = False) -> bytes:
    """A WebM of two and a half seconds; `live` leaves the lengths of segment and cluster open, as browsers do."""
    info = element(
        0x1549A966,
        element(0xBF, b"\1\2\3\4"),
        element(0x2AD7B1, (1_000_000).to_bytes(3, "big")),
        element(0x4489, struct.pack(">d", 2500.0)),
        element(0x7BA9, b"Bei Maria zuhause"),
        element(0x4461, (12345).to_bytes(8, "big")),
        element(0x4D80, b"Marias Telefon"),
        element(0x5741, b"Marias Telefon"),
    )
    seen = tracks or (webm_track(1, 1, b"V_VP9"), webm_track(2, 2, b"A_OPUS"))
    block = element(0xE7, b"\0") + element(0xA3, b"\x81\0\0\x80" + PICTURES)
    cluster = bytes.fromhex("1f43b67501ffffffffffffff") + block if live else element(0x1F43B675, block)
    body = b"".join([info, element(0x1654AE6B, *seen), *extra, cluster, cluster])
    segment = bytes.fromhex("1853806701ffffffffffffff") + body if live else element(0x18538067, body)
    return element(0x1A45DFA3, element(0x4282, doctype)) + segment


def shelved(owner: Organisation | None) -> dict[str, object]:
    return {"collection": collection_of(owner)} if owner else {}


def video(title: str = "Verrouiller", *, owner: Organisation | None = None, **fields) -> PlatformVideo:
    """A film of ours on the shelf of `owner`, without captions, and without a transcript unless `fields` has one."""
    file = ContentFile(mp4(), "film.mp4")
    return PlatformVideo.objects.create(**{"title": title, "language": "fr", "file": file, **shelved(owner), **fields})


def complete(title: str = "How to lock it", *, owner: Organisation | None = None, **fields) -> PlatformVideo:
    """A film of ours with all that one can have: poster, captions, chapters, audio description, transcript, length."""
    described = ContentFile(mp4(), "described.mp4")
    made = captioned(title, owner=owner, **{"poster": image(), "described": described, "seconds": 3, **fields})
    Track.objects.create(video=made, kind=Track.Kind.CHAPTERS, language="en", file=ContentFile(CHAPTERS, "parts.vtt"))
    return made


def captioned(title: str = "Verrouiller", *, owner: Organisation | None = None, **fields) -> PlatformVideo:
    made = video(title, owner=owner, **{"transcript": "Tout ce qui est dit.", **fields})
    Track.objects.create(video=made, kind=Track.Kind.CAPTIONS, language="fr", file=ContentFile(VTT, "sous-titres.vtt"))
    return made
