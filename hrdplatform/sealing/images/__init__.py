"""Taking hidden place, device and names out of photographs, without touching a pixel.

A keep-list decides for JPEG, PNG and WebP: what is not on it goes (GPS, XMP, comments, thumbnails, everything after the
end of the picture); orientation and colour profile stay. Nothing is decoded. All else passes unstripped with a plain
warning (sealing.md 6). The browser does the same before it seals; both give the same octets.
"""

from hrdplatform.sealing.errors import MalformedError
from hrdplatform.sealing.images.feed import Feed, Pieces
from hrdplatform.sealing.images.jpeg import jpeg_pieces
from hrdplatform.sealing.images.kinds import BEGINNING, Kind, Warning_, detect, warning_for
from hrdplatform.sealing.images.png import png_pieces
from hrdplatform.sealing.images.webp import webp_pieces

__all__ = ["Kind", "StrippingStream", "Warning_", "detect", "strip", "warning_for"]

PARSERS = {"jpeg": jpeg_pieces, "png": png_pieces, "webp": webp_pieces}


def strip(octets: bytes) -> bytes:
    """Return a JPEG, PNG or WebP without its hidden data; raises MalformedError for damaged ones and for all else."""
    parser = PARSERS.get(detect(octets))
    if parser is None:
        raise MalformedError("not a picture that can be stripped")
    feed = Feed()
    feed.held += octets
    feed.ended = True
    return b"".join(piece for piece in parser(feed) if piece)


class StrippingStream:
    """A file on its way to the sealer: `update` as often as wanted, `finish` once; both return what goes on.

    Afterwards `kind` says what it was, `stripped` whether its hidden data is out, and `warning` what the page says.
    A damaged picture is not lost: from the damage on it passes as it is, with the warning `photo`. Holds 64 KiB of a
    JPEG, a few KiB of a PNG, all of a WebP up to 16 MiB.
    """

    def __init__(self) -> None:
        self.kind: Kind = "other"
        self.stripped = False
        self._feed = Feed()
        self._pieces: Pieces | None = None
        self._begun = False

    @property
    def warning(self) -> Warning_:
        """Which sort of hidden data the file may still hold, `""` for none. Final after `finish`."""
        return "" if self.stripped else warning_for(self.kind)

    def update(self, octets: bytes) -> bytes:
        """Take the next octets of the file."""
        if self.stripped:
            return b""
        self._feed.held += octets
        if not self._begun and len(self._feed.held) < BEGINNING:
            return b""
        return self._gone_on()

    def finish(self) -> bytes:
        """Take the end of the file."""
        self._feed.ended = True
        return b"" if self.stripped else self._gone_on()

    def _gone_on(self) -> bytes:
        if not self._begun:
            self._begun = True
            self.kind = detect(bytes(self._feed.held[:BEGINNING]))
            parser = PARSERS.get(self.kind)
            self._pieces = parser(self._feed) if parser else None
        return b"".join(self._judged())

    def _judged(self) -> list[bytes]:
        """Run the parser as far as it comes; without one, or after damage, everything held goes on as it is."""
        kept: list[bytes] = []
        try:
            while self._pieces is not None:
                piece = next(self._pieces)
                if piece is None:
                    return kept
                kept.append(piece)
        except StopIteration:
            self.stripped = True
            self._feed.held.clear()
        except MalformedError:
            self._pieces = None
        if not self.stripped:
            kept.append(self._feed.taken(len(self._feed.held)))
        return kept
