"""Files that people send: padded so that only the order of magnitude shows, sealed while they arrive, cut into parts.

A file is sealed to a fresh identity whose seed stands in the sealed message (`Attachment.key`). The server stores parts
and compares hashes; nobody assembles the file again but who may read it (sealing.md 5, "Files").
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from hrdplatform.sealing.age.sealed import OpeningStream, SealingStream, sealed_size
from hrdplatform.sealing.bodies import Attachment
from hrdplatform.sealing.errors import MalformedError, TamperedError
from hrdplatform.sealing.labels import hashed
from hrdplatform.sealing.xwing import new_seed, public_key

PART = 8_388_608
SMALLEST = 65_536
LARGEST = 2**30
"""The largest file that anybody may send, in bytes."""
ZEROS = bytes(65_536)


def padded_size(size: int) -> int:
    """Return Padmé(max(size, 65536)): at most 12 % more, and a length tells only its order of magnitude.

    Nikitin et al., "Reducing metadata leakage from encrypted files", PETS 2019: of a length with exponent e only the
    first bits survive, as many as e itself has.

    >>> padded_size(1), padded_size(65_537), padded_size(2**30 + 1)
    (65536, 67584, 1107296256)
    """
    length = max(size, SMALLEST)
    exponent = length.bit_length() - 1
    step = 1 << exponent - exponent.bit_length()
    return -(-length // step) * step


def sealed_file_size(size: int) -> int:
    """Return the bytes of the sealed object over a file of `size` bytes."""
    return sealed_size(padded_size(size))


def part_count(sealed: int) -> int:
    """Return how many parts a sealed object of `sealed` bytes has: all of 8 MiB but the last."""
    return -(-sealed // PART)


def digest(sealed: int, hashes: Sequence[bytes]) -> str:
    """Return H(P"file" || 0 || u64 sealed || u32 parts || H(part 1) || …) as 64 digits; `hashes` are SHA-256."""
    return hashed("file", sealed.to_bytes(8, "big"), len(hashes).to_bytes(4, "big"), *hashes).hex()


@dataclass(frozen=True)
class Piece:
    """A run of ciphertext of part `part` (from 1). `hash` is the part's SHA-256 where this run ends it, else None."""

    part: int
    octets: bytes | memoryview = field(repr=False)
    hash: bytes | None = None


class TooLargeError(MalformedError):
    """The file is larger than it may be."""


class FileSealer:
    """Seals one file while it arrives, its length unknown until the end; holds one chunk of 64 KiB at a time.

    `update` as often as wanted, `finish` once; both give ciphertext in order, which is to be written away at once.
    `attachment` then tells what a reader needs; until then the file's identity lives in this object only.
    """

    def __init__(self, limit: int = LARGEST) -> None:
        self._limit = limit
        self._seed = new_seed()
        self._stream = SealingStream(public_key(self._seed))
        self._size = 0
        self._sealed = 0
        self._hashes: list[bytes] = []
        self._part = sha256()
        self._begun = False

    def update(self, plaintext: bytes) -> list[Piece]:
        """Take the next bytes of the file. Raises TooLargeError beyond the limit; then the file is given up."""
        self._size += len(plaintext)
        if self._size > self._limit:
            raise TooLargeError(f"file is larger than {self._limit} bytes")
        return list(self._cut(self._stream.update(plaintext)))

    def finish(self) -> Iterator[Piece]:
        """Yield the rest: the zeros of the padding (up to 12 % of the file) and the end."""
        missing = padded_size(self._size) - self._size
        for start in range(0, missing, len(ZEROS)):
            yield from self._cut(self._stream.update(ZEROS[: missing - start]))
        yield from self._cut(self._stream.finish(), last=True)

    def attachment(self, name: str, kind: str) -> Attachment:
        """Return the entry for the message, `name` (255) and `kind` (100, ASCII) as the sender sees them."""
        if self._sealed != sealed_file_size(self._size):
            raise MalformedError("file is not sealed to its end")
        return Attachment(
            digest=digest(self._sealed, self._hashes),
            key=self._seed,
            name=name,
            parts=len(self._hashes),
            sealed=self._sealed,
            size=self._size,
            type=kind,
        )

    def _cut(self, octets: bytes, *, last: bool = False) -> Iterator[Piece]:
        view = memoryview(octets if self._begun else self._stream.header() + octets)
        self._begun = True
        while view:
            room = PART - self._sealed % PART
            run, view = view[:room], view[room:]
            yield self._piece(run, ends=len(run) == room or (last and not view))

    def _piece(self, run: memoryview, *, ends: bool) -> Piece:
        number = self._sealed // PART + 1
        self._sealed += len(run)
        self._part.update(run)
        if not ends:
            return Piece(number, run)
        self._hashes.append(self._part.digest())
        self._part = sha256()
        return Piece(number, run, self._hashes[-1])


def check_parts(entry: Attachment, hashes: Sequence[bytes]) -> None:
    """Raise TamperedError unless these are the hashes of the parts of this very file, in order, none missing.

    Raises it too when the sizes in the entry cannot belong to each other.
    """
    if entry.sealed != sealed_file_size(entry.size) or entry.parts != part_count(entry.sealed):
        raise TamperedError("sizes of the attachment do not fit each other")
    if digest(entry.sealed, hashes) != entry.digest:
        raise TamperedError("parts are not those of the attachment")


def opened(entry: Attachment, read_part: Callable[[int], Iterable[bytes]]) -> Iterator[bytes]:
    """Yield the plaintext of a file in pieces of about 64 KiB, after all its parts were compared with the entry.

    `read_part(i)` gives the bytes of part i (from 1) and is called twice for each: first everything is hashed, and
    only then the first byte is released. Raises TamperedError, WrongKeyError or MalformedError; after an error the
    pieces so far are authentic, but the file is not whole.
    """
    check_parts(entry, [_part_hash(read_part(number)) for number in range(1, entry.parts + 1)])
    return _plaintext(entry, read_part)


def _part_hash(pieces: Iterable[bytes]) -> bytes:
    found = sha256()
    for piece in pieces:
        found.update(piece)
    return found.digest()


def _plaintext(entry: Attachment, read_part: Callable[[int], Iterable[bytes]]) -> Iterator[bytes]:
    stream, left = OpeningStream(entry.key), entry.size
    for padded in _all_opened(stream, entry.parts, read_part):
        piece, zeros = padded[:left], padded[left:]
        left -= len(piece)
        if zeros.strip(b"\x00"):
            raise TamperedError("bytes after the end of the file are not zeros")
        if piece:
            yield piece
    if left:
        raise TamperedError("file is shorter than its attachment says")


def _all_opened(stream: OpeningStream, parts: int, read_part: Callable[[int], Iterable[bytes]]) -> Iterator[bytes]:
    for number in range(1, parts + 1):
        for piece in read_part(number):
            yield stream.update(piece)
    yield stream.finish()
