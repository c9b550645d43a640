"""The payload of an age file: STREAM of ChaCha20-Poly1305 over 64 KiB chunks, pushed through piece by piece.

Both directions hold one chunk at most, whatever the size of the file. The last chunk is marked in its nonce, so a
payload cut at a chunk's edge, continued or reordered does not open (https://eprint.iacr.org/2015/189).
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hrdplatform.sealing.errors import TamperedError

CHUNK = 64 * 1024
TAG_LENGTH = 16
SEALED_CHUNK = CHUNK + TAG_LENGTH
NONCE_LENGTH = 16
MORE, LAST = b"\x00", b"\x01"


def payload_key(file_key: bytes, nonce: bytes) -> bytes:
    """Return the 32-byte key of a payload that begins with the 16-byte `nonce`."""
    return HKDF(algorithm=SHA256(), length=32, salt=nonce, info=b"payload").derive(file_key)


def sealed_length(size: int) -> int:
    """Return how many bytes the chunks of `size` bytes of plaintext take, without the payload's nonce."""
    return size + max(1, -(-size // CHUNK)) * TAG_LENGTH


class _Chunks:
    """Cuts what is pushed in into chunks, keeping one back, since only the end tells which one is the last."""

    def __init__(self, key: bytes, size: int) -> None:
        self._cipher = ChaCha20Poly1305(key)
        self._size = size
        self._counter = 0
        self._held = bytearray()

    def _nonce(self, mark: bytes) -> bytes:
        nonce = self._counter.to_bytes(11, "big") + mark
        self._counter += 1
        return nonce

    def _turned(self, chunk: bytes | bytearray | memoryview, mark: bytes) -> bytes:
        raise NotImplementedError

    def update(self, data: bytes | bytearray | memoryview) -> bytes:
        """Take any number of bytes and return those that are done: chunks known not to be the last."""
        room = self._size - len(self._held)
        if len(data) <= room:
            self._held += data
            return b""
        view, done = memoryview(data), []
        if self._held:
            self._held += view[:room]
            done.append(self._turned(self._held, MORE))
            view = view[room:]
        cut = (len(view) - 1) // self._size * self._size
        done += [self._turned(view[start : start + self._size], MORE) for start in range(0, cut, self._size)]
        self._held = bytearray(view[cut:])
        return b"".join(done)


class PayloadSealer(_Chunks):
    """Seals a payload: `update` with plaintext as often as wanted, then `finish` once."""

    def __init__(self, key: bytes) -> None:
        super().__init__(key, CHUNK)

    def _turned(self, chunk: bytes | bytearray | memoryview, mark: bytes) -> bytes:
        return self._cipher.encrypt(self._nonce(mark), chunk, None)

    def finish(self) -> bytes:
        """Return the last chunk; an empty payload is one empty chunk."""
        return self._turned(self._held, LAST)


class PayloadOpener(_Chunks):
    """Opens a payload: what `update` returns is authentic and in its place, complete only after `finish`."""

    def __init__(self, key: bytes) -> None:
        super().__init__(key, SEALED_CHUNK)

    def _turned(self, chunk: bytes | bytearray | memoryview, mark: bytes) -> bytes:
        position = self._counter
        try:
            return self._cipher.decrypt(self._nonce(mark), chunk, None)
        except InvalidTag:
            raise TamperedError(f"payload chunk {position} is not authentic") from None

    def finish(self) -> bytes:
        """Return the last chunk. Raises TamperedError when the payload was cut short or goes on beyond its end."""
        if len(self._held) < TAG_LENGTH or (len(self._held) == TAG_LENGTH and self._counter):
            raise TamperedError("payload ends without its last chunk")
        return self._turned(self._held, LAST)
