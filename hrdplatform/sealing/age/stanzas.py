"""What a recipient stanza is, and what those who write and open one must be able to do (C2SP age.md).

Base64 here is the standard alphabet without padding, and strictly canonical: one text for one value, so that a header
cannot be rewritten without its bytes changing.
"""

from base64 import b64decode, b64encode
from binascii import Error as BinasciiError
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hrdplatform.sealing.errors import MalformedError

FILE_KEY_LENGTH = 16
WRAPPED_LENGTH = FILE_KEY_LENGTH + 16


@dataclass(frozen=True)
class Stanza:
    """One recipient's copy of the file key: the kind, its further arguments, and the body."""

    kind: str
    arguments: tuple[str, ...]
    body: bytes


class Recipient(Protocol):
    """Somebody a file is sealed to."""

    def wrap(self, file_key: bytes) -> Stanza:
        """Return the stanza from which only this recipient gets the 16-byte file key back."""


class Identity(Protocol):
    """Somebody who may be able to open a file."""

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """Return the file key, or None when no stanza is for this identity.

        Raises MalformedError when a stanza of this identity's kind breaks the rules of that kind.
        """


def encoded(value: bytes) -> str:
    """Return `value` as unpadded base64."""
    return b64encode(value).decode("ascii").rstrip("=")


def decoded(text: str) -> bytes:
    """Return the bytes of unpadded, canonical base64; raises MalformedError otherwise (RFC 4648, 3.5)."""
    try:
        value = b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (BinasciiError, ValueError):
        raise MalformedError("not base64") from None
    if encoded(value) != text:
        raise MalformedError("base64 is not canonical")
    return value


def argument(stanza: Stanza, position: int, length: int) -> bytes:
    """Return the base64 argument at `position`, which must have `length` bytes; raises MalformedError otherwise."""
    value = decoded(stanza.arguments[position])
    if len(value) != length:
        raise MalformedError(f"{stanza.kind} stanza: an argument has {len(value)} bytes, not {length}")
    return value


def check_shape(stanza: Stanza, arguments: int) -> None:
    """Refuse a stanza with another number of arguments or a body that is no wrapped file key of 32 bytes.

    The length is checked before anything is decrypted: a longer body would open under two keys (partitioning oracle).
    Raises MalformedError.
    """
    if len(stanza.arguments) != arguments:
        raise MalformedError(f"{stanza.kind} stanza has {len(stanza.arguments)} arguments, not {arguments}")
    if len(stanza.body) != WRAPPED_LENGTH:
        raise MalformedError(f"{stanza.kind} stanza has a body of {len(stanza.body)} bytes, not {WRAPPED_LENGTH}")
