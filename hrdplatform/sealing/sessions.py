"""The session of a visitor without scripts: her keys, encrypted under a key that only her cookie holds.

The server keeps a row it cannot read and the browser keeps a cookie that says nothing; only both together, while one
request is answered, give the keys back. The words of a receipt, and what they are stretched to, are never in it
(sealing.md 5, "Without scripts").

    cookie = base64url(id (16) || key (32))
    row    = nonce (12) || ChaCha20-Poly1305 under HKDF(key, "session"), aad id, of canonical JSON; found by H(id)
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from hrdplatform.sealing import canonical, fields
from hrdplatform.sealing.bodies import Attachment, attachment, spell_attachment
from hrdplatform.sealing.canonical import CanonicalError, Value
from hrdplatform.sealing.errors import MalformedError, TamperedError
from hrdplatform.sealing.labels import derive

ID_LENGTH = 16
KEY_LENGTH = 32
NONCE_LENGTH = 12
TAG_LENGTH = 16
COOKIE = re.compile(r"[A-Za-z0-9_-]{64}")
SESSION_KEYS = frozenset({"case", "identities", "kem", "sig", "v"})
IDENTITY_KEYS = frozenset({"epoch", "seed"})
DRAFT_KEYS = frozenset({"attachments", "v"})
VERSION = 1


@dataclass(frozen=True)
class SessionCookie:
    """What the visitor's browser holds: the row's id and the key that opens it."""

    id: bytes
    key: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> "SessionCookie":
        """A new session: 48 random bytes."""
        return cls(token_bytes(ID_LENGTH), token_bytes(KEY_LENGTH))

    @classmethod
    def read(cls, text: str) -> "SessionCookie":
        """The cookie that a browser sent; raises MalformedError for anything but 64 characters of base64url."""
        if not COOKIE.fullmatch(text):
            raise MalformedError("not a session cookie")
        octets = urlsafe_b64decode(text)
        return cls(octets[:ID_LENGTH], octets[ID_LENGTH:])

    @property
    def text(self) -> str:
        """The value of the cookie, 64 characters."""
        return urlsafe_b64encode(self.id + self.key).decode("ascii")

    @property
    def row(self) -> bytes:
        """H(id), 32 bytes: under which the row is stored. A stolen table gives no cookie."""
        return sha256(self.id).digest()


@dataclass(frozen=True)
class EpochIdentity:
    """What opens one epoch of her case: an X-Wing seed."""

    epoch: int
    seed: bytes = field(repr=False)


@dataclass(frozen=True)
class ReceiptSession:
    """What a defender who came in with her words can do until she leaves: read her case and sign for it."""

    case: str
    identities: tuple[EpochIdentity, ...]
    kem: bytes = field(repr=False)
    sig: bytes = field(repr=False)


@dataclass(frozen=True)
class DraftSession:
    """The files that were sealed while a request or a message is being written, with the keys that open them."""

    attachments: tuple[Attachment, ...] = ()


def seal_session(cookie: SessionCookie, session: ReceiptSession) -> bytes:
    """Return the row of `session`, which nothing but `cookie` opens. Every call draws a new nonce."""
    identities: list[Value] = [
        {"epoch": one.epoch, "seed": fields.spell(one.seed)} for one in sorted(session.identities, key=_epoch)
    ]
    body: dict[str, Value] = {
        "case": session.case,
        "identities": identities,
        "kem": fields.spell(session.kem),
        "sig": fields.spell(session.sig),
        "v": VERSION,
    }
    return _sealed(cookie, "session", body)


def open_session(cookie: SessionCookie, row: bytes) -> ReceiptSession:
    """Return the session of a row. Raises TamperedError (another cookie's, changed) or MalformedError."""
    found = canonical.exact(_opened(cookie, "session", row), SESSION_KEYS)
    fields.literal(found["v"], VERSION)
    entries = found["identities"]
    if not isinstance(entries, list):
        raise CanonicalError("identities are no array")
    return ReceiptSession(
        fields.hex16(found["case"]),
        tuple(_identity(entry) for entry in entries),
        fields.octets(found["kem"], fields.SEED_LENGTH),
        fields.octets(found["sig"], fields.SEED_LENGTH),
    )


def seal_draft(cookie: SessionCookie, draft: DraftSession) -> bytes:
    """Return the row of `draft`; under another derived key than a session, so that neither passes for the other."""
    return _sealed(cookie, "session/draft", {"attachments": [*map(spell_attachment, draft.attachments)], "v": VERSION})


def open_draft(cookie: SessionCookie, row: bytes) -> DraftSession:
    """Return the draft of a row. Raises TamperedError (another cookie's, changed) or MalformedError."""
    found = canonical.exact(_opened(cookie, "session/draft", row), DRAFT_KEYS)
    fields.literal(found["v"], VERSION)
    entries = found["attachments"]
    if not isinstance(entries, list):
        raise CanonicalError("attachments are no array")
    return DraftSession(tuple(attachment(entry) for entry in entries))


def _epoch(identity: EpochIdentity) -> int:
    return identity.epoch


def _identity(entry: Value) -> EpochIdentity:
    found = canonical.exact(entry, IDENTITY_KEYS)
    return EpochIdentity(fields.number(found["epoch"], least=1), fields.octets(found["seed"], fields.SEED_LENGTH))


def _sealed(cookie: SessionCookie, label: str, body: Value) -> bytes:
    nonce = token_bytes(NONCE_LENGTH)
    return nonce + ChaCha20Poly1305(derive(cookie.key, label)).encrypt(nonce, canonical.emit(body), cookie.id)


def _opened(cookie: SessionCookie, label: str, row: bytes) -> Value:
    if len(row) < NONCE_LENGTH + TAG_LENGTH:
        raise MalformedError(f"a session row of {len(row)} bytes is too short")
    try:
        raw = ChaCha20Poly1305(derive(cookie.key, label)).decrypt(row[:NONCE_LENGTH], row[NONCE_LENGTH:], cookie.id)
    except InvalidTag:
        raise TamperedError("the session row is not this cookie's, or was changed") from None
    return canonical.parse(raw)
