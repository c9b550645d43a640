"""Our own sealed objects: age files with exactly one `mlkem768x25519` stanza and a header of at most 4 KiB.

Anything else is refused from the outside, before a key or a library touches it. The general format is in `files`.
"""

from secrets import token_bytes

from hrdplatform.sealing.age import header, hybrid, stream
from hrdplatform.sealing.age.stanzas import FILE_KEY_LENGTH, argument, check_shape
from hrdplatform.sealing.errors import MalformedError, WrongKeyError
from hrdplatform.sealing.xwing import ENCAPSULATION_LENGTH

HEADER_LIMIT = 4096
HEADER_LENGTH = 1627
"""Bytes of the header that we write; with one stanza of this kind no other length parses."""


def sealed_size(size: int) -> int:
    """Return the length of the sealed object over `size` bytes of plaintext."""
    return HEADER_LENGTH + stream.NONCE_LENGTH + stream.sealed_length(size)


def seal(plaintext: bytes, recipient: bytes) -> bytes:
    """Return `plaintext` sealed to one 1,216-byte recipient; raises MalformedError when that is no public key."""
    sealing = SealingStream(recipient)
    return sealing.header() + sealing.update(plaintext) + sealing.finish()


def open_sealed(blob: bytes, seed: bytes) -> bytes:
    """Return the plaintext of one whole sealed object.

    Raises MalformedError (not one of ours), WrongKeyError (sealed to somebody else), TamperedError (changed since).
    """
    opening = OpeningStream(seed)
    return opening.update(blob) + opening.finish()


def check_outside(blob: bytes) -> None:
    """Refuse, with MalformedError, whatever cannot be one of our sealed objects; no key is needed and none is judged.

    True of what passes: header within 4 KiB and canonical, exactly one stanza of our kind with lengths as they must
    be, and a payload that holds at least one chunk.
    """
    size = header.length(blob[:HEADER_LIMIT], HEADER_LIMIT)
    if size is None:
        raise MalformedError("sealed object ends within its header")
    _parse(blob[:size])
    rest = len(blob) - size - stream.NONCE_LENGTH
    if rest < stream.TAG_LENGTH or 0 < rest % stream.SEALED_CHUNK <= stream.TAG_LENGTH < rest:
        raise MalformedError("payload of the sealed object has an impossible length")


class SealingStream:
    """Seals to one recipient while the plaintext arrives: `header()` first, `update` as often as wanted, `finish` once.

    Holds 64 KiB at most. The file key lives in this object only and is never used for a second payload.
    """

    def __init__(self, recipient: bytes) -> None:
        file_key, nonce = token_bytes(FILE_KEY_LENGTH), token_bytes(stream.NONCE_LENGTH)
        stanza = hybrid.HybridRecipient(recipient).wrap(file_key)
        self._header = header.emit((stanza,), file_key) + nonce
        self._payload = stream.PayloadSealer(stream.payload_key(file_key, nonce))

    def header(self) -> bytes:
        """Return what stands before the first chunk: 1,643 bytes."""
        return self._header

    def update(self, plaintext: bytes | bytearray | memoryview) -> bytes:
        """Take more plaintext; return the sealed chunks that are complete."""
        return self._payload.update(plaintext)

    def finish(self) -> bytes:
        """Return the last chunk."""
        return self._payload.finish()


class OpeningStream:
    """Opens one of our sealed objects while it arrives: what `update` returns is authentic, complete after `finish`."""

    def __init__(self, seed: bytes) -> None:
        self._identity = hybrid.HybridIdentity(seed)
        self._head = bytearray()
        self._payload: stream.PayloadOpener | None = None

    def update(self, sealed: bytes | bytearray | memoryview) -> bytes:
        """Take more of the object; return the plaintext that is authenticated. Raises what `open_sealed` raises."""
        if self._payload is not None:
            return self._payload.update(sealed)
        self._head += sealed
        size = header.length(self._head, HEADER_LIMIT)
        if size is None or len(self._head) < size + stream.NONCE_LENGTH:
            return b""
        head, self._head = self._head, bytearray()
        self._payload = self._begun(bytes(head[: size + stream.NONCE_LENGTH]), size)
        return self._payload.update(memoryview(head)[size + stream.NONCE_LENGTH :])

    def finish(self) -> bytes:
        """Return the last plaintext. Raises TamperedError unless the object ended where it was sealed to end."""
        if self._payload is None:
            raise MalformedError("sealed object ends within its header")
        return self._payload.finish()

    def _begun(self, head: bytes, size: int) -> stream.PayloadOpener:
        parsed = _parse(head[:size])
        file_key = self._identity.unwrap(parsed.stanzas)
        if file_key is None:
            raise WrongKeyError("sealed to another identity")
        parsed.check_mac(file_key)
        return stream.PayloadOpener(stream.payload_key(file_key, head[size:]))


def _parse(raw: bytes) -> header.Header:
    if raw.count(b"\n->") != 1:
        raise MalformedError("sealed object must have exactly one stanza")
    parsed = header.parse(raw)
    stanza = parsed.stanzas[0]
    if stanza.kind != hybrid.KIND:
        raise MalformedError("sealed object must have a mlkem768x25519 stanza")
    check_shape(stanza, 1)
    argument(stanza, 0, ENCAPSULATION_LENGTH)
    return parsed
