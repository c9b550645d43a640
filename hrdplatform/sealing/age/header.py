"""The header of an age file: version line, stanzas, MAC; parsed strictly, emitted in the one form that parses.

Parsing follows the grammar of C2SP age.md to the letter; whatever parses is emitted again as the very same bytes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from hmac import digest as hmac_digest
from typing import BinaryIO

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hrdplatform.sealing.age.stanzas import Stanza, decoded, encoded
from hrdplatform.sealing.errors import MalformedError, TamperedError

VERSION_LINE = b"age-encryption.org/v1\n"
END = b"---"
PRINTABLE = re.compile(rb"[\x21-\x7e]+")
COLUMNS = 64
MAC_LENGTH = 32
GENERAL_LIMIT = 4 * 1024 * 1024
"""Bytes of the longest header that the general reader takes: some 2,700 post-quantum recipients."""


@dataclass(frozen=True)
class Header:
    """A parsed header: its stanzas in order, its MAC, and the bytes that the MAC covers (up to and with `---`)."""

    stanzas: tuple[Stanza, ...]
    mac: bytes
    covered: bytes

    def check_mac(self, file_key: bytes) -> None:
        """Raise TamperedError unless the MAC was made with `file_key` over exactly these bytes."""
        if not compare_digest(self.mac, _mac(file_key, self.covered)):
            raise TamperedError("header MAC does not match")


def emit(stanzas: Sequence[Stanza], file_key: bytes) -> bytes:
    """Return the header over `stanzas`, authenticated with the 16-byte `file_key`, through the LF after the MAC."""
    covered = VERSION_LINE + b"".join(_emitted(stanza) for stanza in stanzas) + END
    return covered + b" " + encoded(_mac(file_key, covered)).encode("ascii") + b"\n"


def length(blob: bytes | bytearray, limit: int = GENERAL_LIMIT) -> int | None:
    """Return how many bytes of `blob` are the header, or None while its last line is not complete.

    Only the end is sought, nothing is parsed. Raises MalformedError when the header does not end within `limit` bytes.
    """
    end = blob.find(b"\n" + END, 0, limit)
    newline = blob.find(b"\n", end + 1, limit) if end >= 0 else -1
    if newline >= 0:
        return newline + 1
    if len(blob) >= limit:
        raise MalformedError(f"header does not end within {limit} bytes")
    return None


def read(source: BinaryIO, first_line: bytes = b"", limit: int = GENERAL_LIMIT) -> bytes:
    """Return the header's bytes from a binary stream, leaving it at the payload; `first_line` was read already.

    Raises MalformedError when the stream ends first or the header is longer than `limit` bytes.
    """
    lines, total, line = [first_line], len(first_line), first_line
    while not line.startswith(END):
        line = source.readline(limit - total + 1)
        lines.append(line)
        total += len(line)
        if not line.endswith(b"\n") or total > limit:
            raise MalformedError("file ends within its header" if total <= limit else f"header over {limit} bytes")
    return b"".join(lines)


def parse(raw: bytes) -> Header:
    """Return the header whose bytes are exactly `raw`; raises MalformedError for anything but the strict form."""
    if not raw.startswith(VERSION_LINE):
        raise MalformedError("not an age v1 file")
    if not raw.endswith(b"\n"):
        raise MalformedError("header does not end with a line feed")
    lines = raw[len(VERSION_LINE) : -1].split(b"\n")
    stanzas = tuple(_stanzas(iter(lines[:-1])))
    if not stanzas:
        raise MalformedError("header has no stanza")
    return Header(stanzas, _parsed_mac(lines[-1]), raw[: -len(lines[-1]) - 1] + END)


def _stanzas(lines: Iterator[bytes]) -> Iterator[Stanza]:
    for line in lines:
        mark, *arguments = line.split(b" ")
        if mark != b"->" or not arguments or not all(map(_printable, arguments)):
            raise MalformedError("stanza line is malformed")
        kind, *others = (argument.decode("ascii") for argument in arguments)
        yield Stanza(kind, tuple(others), _body(lines))


def _body(lines: Iterator[bytes]) -> bytes:
    """Consume the lines of one body: full ones, then a shorter last one, which may be empty."""
    joined = []
    for line in lines:
        if len(line) > COLUMNS:
            raise MalformedError("stanza body has a line over 64 columns")
        joined.append(line)
        if len(line) < COLUMNS:
            return decoded(b"".join(joined).decode("latin-1"))
    raise MalformedError("stanza body has no last line")


def _printable(argument: bytes) -> bool:
    return PRINTABLE.fullmatch(argument) is not None


def _parsed_mac(line: bytes) -> bytes:
    mark, separator, text = line.partition(b" ")
    if mark != END or not separator:
        raise MalformedError("header has no MAC line")
    mac = decoded(text.decode("latin-1"))
    if len(mac) != MAC_LENGTH:
        raise MalformedError(f"header MAC has {len(mac)} bytes, not {MAC_LENGTH}")
    return mac


def _emitted(stanza: Stanza) -> bytes:
    first = " ".join(("->", stanza.kind, *stanza.arguments))
    body = encoded(stanza.body)
    rows = [body[start : start + COLUMNS] for start in range(0, len(body) + 1, COLUMNS)]
    return "\n".join((first, *rows, "")).encode("ascii")


def _mac(file_key: bytes, covered: bytes) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"header").derive(file_key)
    return hmac_digest(key, covered, "sha256")
