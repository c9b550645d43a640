"""What the two containers of moving pictures have in common: errors, and the places that are to be blanked.

A file is read whole before a byte of it is written, so that a refused file stays as it came. Blanking keeps every
length and so every offset: nothing is moved, no picture and no sound is touched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, Final

MOST_PARTS: Final = 400_000
"""Parts of one file that are looked at: a day of fragments, and an end for files made to keep us busy."""

CHUNK: Final = 64 * 1024


class BrokenContainerError(Exception):
    """The lengths in the file contradict each other, or it ends too early."""


class ForeignPartError(Exception):
    """The file holds a track or a codec that is not taken; `part` is its name in the file."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass
class Cleaning:
    """What was found, and what is to be written over: (offset, bytes), and (offset, length) for zeros."""

    seconds: float = 0.0
    pictures: int = 0
    parts: int = 0
    written: list[tuple[int, bytes]] = field(default_factory=list)
    zeroed: list[tuple[int, int]] = field(default_factory=list)

    def count(self) -> None:
        """Counts one part. Raises `BrokenContainerError` beyond the most."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise BrokenContainerError

    def perform(self, stream: IO[bytes]) -> None:
        """Writes over the places; leaves the stream at its beginning."""
        for offset, length in self.zeroed:
            stream.seek(offset)
            for begun in range(0, length, CHUNK):
                stream.write(bytes(min(CHUNK, length - begun)))
        for offset, content in self.written:
            stream.seek(offset)
            stream.write(content)
        stream.seek(0)


def exactly(stream: IO[bytes], offset: int, length: int) -> bytes:
    """`length` bytes from `offset`. Raises `BrokenContainerError` where the file ends before."""
    stream.seek(offset)
    content = stream.read(length)
    if len(content) != length:
        raise BrokenContainerError
    return content
