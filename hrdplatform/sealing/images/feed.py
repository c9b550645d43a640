"""How a picture is taken apart while it arrives: what is not judged yet, and a parser that asks for more.

A parser is a generator over a `Feed`. It yields the pieces to keep, and None whenever it needs more octets; whoever
drives it puts them into the feed and goes on. So one parser serves whole files and uploads of any size.
"""

from collections.abc import Generator, Iterator

from hrdplatform.sealing.errors import MalformedError

Pieces = Iterator[bytes | None]


class Feed:
    """Octets that arrived and are not yet judged; `ended` once no more will come."""

    def __init__(self) -> None:
        self.held = bytearray()
        self.ended = False

    def has(self, count: int) -> Generator[None, None, bool]:
        """Wait for `count` octets; whether they came before the end."""
        while len(self.held) < count and not self.ended:
            yield None
        return len(self.held) >= count

    def require(self, count: int, error: str) -> Generator[None, None, None]:
        """Wait for `count` octets; raises MalformedError when the file ends first."""
        if not (yield from self.has(count)):
            raise MalformedError(error)

    def taken(self, count: int) -> bytes:
        """Take the first `count` octets out of what is held."""
        octets = bytes(self.held[:count])
        del self.held[:count]
        return octets

    def passed(self, count: int, error: str) -> Generator[bytes | None, None, None]:
        """Yield the next `count` octets as they come, without gathering them; raises MalformedError at the end."""
        while count:
            yield from self.require(1, error)
            octets = self.taken(min(count, len(self.held)))
            count -= len(octets)
            yield octets

    def skipped(self, count: int, error: str) -> Generator[None, None, None]:
        """Drop the next `count` octets as they come; raises MalformedError when the file ends first."""
        for octets in self.passed(count, error):
            if octets is None:
                yield None
