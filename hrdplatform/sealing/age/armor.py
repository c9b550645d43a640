"""The text form of an age file: strict PEM (RFC 7468, figure 3) with the label AGE ENCRYPTED FILE, read only.

Line ends may be LF or CRLF and white space may surround the block; nothing else varies, so an armored file is as
unchangeable as a binary one (C2SP age.md, "ASCII armor").
"""

import io
from base64 import b64decode, b64encode
from binascii import Error as BinasciiError
from typing import BinaryIO, cast

from hrdplatform.sealing.errors import ArmorError

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"
COLUMNS = 64
LONGEST_LINE = COLUMNS + 2
LINES_AT_ONCE = 1024


def begins_armor(line: bytes) -> bool:
    """Whether the first line of a file means an armored one, well formed or not."""
    return line.lstrip().startswith(b"-----")


class ArmorReader(io.RawIOBase):
    """The binary age file inside an armored `source`, whose `first_line` was read already.

    Reading raises ArmorError at the first deviation, at the latest before the end of the file is reported.
    """

    def __init__(self, source: BinaryIO, first_line: bytes) -> None:
        super().__init__()
        if _line(first_line.lstrip()) != BEGIN:
            raise ArmorError("armor does not begin with its strict first line")
        self._source = source
        self._decoded = b""
        self._last_seen = False
        self._ended = False

    def buffered(self) -> BinaryIO:
        """Return this reader with the buffer that line-wise reading of the header needs."""
        return cast("BinaryIO", io.BufferedReader(self))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed wants any Buffer
        while not self._decoded and not self._ended:
            self._decoded = b"".join(self._lines())
        count = min(len(buffer), len(self._decoded))
        buffer[:count] = self._decoded[:count]
        self._decoded = self._decoded[count:]
        return count

    def _lines(self) -> list[bytes]:
        decoded: list[bytes] = []
        while len(decoded) < LINES_AT_ONCE and not self._ended:
            line = _line(self._source.readline(LONGEST_LINE))
            if line == END:
                self._finish()
            elif self._last_seen:
                raise ArmorError("armor goes on after its last line")
            else:
                self._last_seen = len(line) < COLUMNS or line.endswith(b"=")
                decoded.append(_decoded(line))
        return decoded

    def _finish(self) -> None:
        while rest := self._source.read(COLUMNS):
            if rest.strip():
                raise ArmorError("something stands after the armor")
        self._ended = True


def _line(raw: bytes) -> bytes:
    """Return the line without its end; only the last line of a file may lack it."""
    return raw.removesuffix(b"\n").removesuffix(b"\r") if raw.endswith(b"\n") else raw


def _decoded(line: bytes) -> bytes:
    try:
        decoded = b64decode(line, validate=True)
    except (BinasciiError, ValueError):
        raise ArmorError("armor has a line that is not base64") from None
    if not decoded or len(line) > COLUMNS or b64encode(decoded) != line:
        raise ArmorError("armor has a line that is not canonical")
    return decoded
