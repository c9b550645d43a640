"""The record container: one signed body of a named kind, padded to a bucket, so that its length tells almost nothing.

`"HRS1" || type || 000000 || u32 n || signature (64) || body (n) || zeros` to the smallest of 8, 32, 128, 512, 2048 KiB.
Signed is `P"sig/" || kind || 0 || body`: a signature of one kind never serves another. The id is H(body). sealing.md 4.
The layout, the type bytes and the names are frozen: cases lie in databases and on paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from hrdplatform.sealing import ed25519
from hrdplatform.sealing.errors import MalformedError
from hrdplatform.sealing.labels import P

MAGIC = b"HRS1"
OVERHEAD = 76
BUCKETS = tuple(kib * 1024 for kib in (8, 32, 128, 512, 2048))
LONGEST_BODY = BUCKETS[-1] - OVERHEAD

SEALED_SIZES = (9_851, 34_427, 132_747, 526_059, 2_099_307)
"""Octets of a sealed record: a bucket, the age header with its one stanza, the stream's nonce and a tag a 64 KiB
chunk."""

Chain = Literal["case", "notes"]


class RecordError(MalformedError):
    """The bytes are not a record container."""


@dataclass(frozen=True)
class Kind:
    """A row of the type table: its byte, its name (part of what is signed), the chains it may stand on."""

    number: int
    name: str
    chains: tuple[Chain, ...]
    carries_data: bool
    """Whether the body is an entity (`data`, `entity`, `replaces`) and not a message."""
    by_defender: bool


def _on_notes(pairs: Iterable[tuple[int, str]]) -> tuple[Kind, ...]:
    return tuple(Kind(number, name, ("notes",), carries_data=True, by_defender=False) for number, name in pairs)


CARD = Kind(1, "card", ("case", "notes"), carries_data=False, by_defender=True)
MESSAGE = Kind(2, "message", ("case",), carries_data=False, by_defender=True)
NOTE = Kind(3, "note", ("notes",), carries_data=False, by_defender=False)
OPENED = Kind(4, "opened", ("case",), carries_data=False, by_defender=True)
CONTACT = Kind(5, "contact", ("case",), carries_data=True, by_defender=True)
CONSENT = Kind(6, "consent", ("case",), carries_data=True, by_defender=True)
ON_NOTES = _on_notes(
    [
        (16, "party"),
        (17, "deadline"),
        (18, "task"),
        (19, "conflict"),
        (20, "eligibility"),
        (21, "risk"),
        (22, "incident"),
        (23, "plan"),
        (24, "referral"),
        (25, "outcome"),
        (26, "summary"),
    ]
)
KINDS = (CARD, MESSAGE, NOTE, OPENED, CONTACT, CONSENT, *ON_NOTES)
BY_NUMBER = {kind.number: kind for kind in KINDS}
BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True)
class Container:
    """A parsed container. Its signature is not judged yet: call `verify` with the author's key."""

    kind: Kind
    body: bytes
    signature: bytes

    @property
    def id(self) -> str:
        """The record id: H(body) as 64 hex digits."""
        return record_id(self.body)

    def verify(self, public: bytes) -> None:
        """Return nothing if the holder of `public` (32 bytes) signed this body as this kind. Raises
        `SignatureError`.
        """
        ed25519.verify(public, signed_bytes(self.kind.name, self.body), self.signature)


def record_id(body: bytes) -> str:
    """Return H(body) as 64 hex digits."""
    return sha256(body).hexdigest()


def signed_bytes(kind: str, body: bytes) -> bytes:
    """Return the message that is signed for a body of `kind`; `list` and `roster` are signed alike."""
    return P + b"sig/" + kind.encode("ascii") + b"\x00" + body


def build(kind: Kind, body: bytes, seed: bytes) -> bytes:
    """Return the padded container of `body`, signed by the 32-byte Ed25519 `seed`. Raises `RecordError` if it is too
    long.
    """
    if len(body) > LONGEST_BODY:
        raise RecordError(f"a body of {len(body)} bytes where {LONGEST_BODY} are the most")
    signature = ed25519.sign(seed, signed_bytes(kind.name, body))
    content = MAGIC + bytes([kind.number, 0, 0, 0]) + len(body).to_bytes(4, "big") + signature + body
    return content.ljust(_bucket(len(content)), b"\x00")


def parse(raw: bytes) -> Container:
    """Return the container whose bytes are exactly `raw`.

    Raises `RecordError` for an unknown type, a length beyond the end, padding that is not zero, or any bucket but the
    smallest that holds the content: nothing can be hidden beside the body, and each body has one container length.
    """
    if raw[:4] != MAGIC or len(raw) < OVERHEAD or raw[5:8] != b"\x00\x00\x00":
        raise RecordError("not a record container")
    kind = BY_NUMBER.get(raw[4])
    if kind is None:
        raise RecordError(f"record type {raw[4]} is unknown")
    end = OVERHEAD + int.from_bytes(raw[8:12], "big")
    if end > BUCKETS[-1] or len(raw) != _bucket(end):
        raise RecordError("the length does not fit the bucket")
    if raw.count(0, end) != len(raw) - end:
        raise RecordError("padding that is not zero")
    return Container(kind, raw[OVERHEAD:end], raw[12:OVERHEAD])


def _bucket(length: int) -> int:
    return next(bucket for bucket in BUCKETS if bucket >= length)
