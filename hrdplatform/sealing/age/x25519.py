"""The `X25519` stanza of classic age (C2SP age.md): only for `seal` and `unseal` on the command line.

It does not resist a quantum computer, so nothing of the platform is ever sealed with it alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hrdplatform.sealing import bech32
from hrdplatform.sealing.age.stanzas import Stanza, argument, check_shape, encoded
from hrdplatform.sealing.errors import MalformedError

KIND = "X25519"
INFO = b"age-encryption.org/v1/X25519"
KEY_LENGTH = 32
ZERO_NONCE = bytes(12)
RECIPIENT_PREFIX = "age"
IDENTITY_PREFIX = "age-secret-key-"


@dataclass(frozen=True)
class X25519Recipient:
    """Seals to a 32-byte X25519 public key."""

    public: bytes

    @classmethod
    def read(cls, text: str) -> "X25519Recipient":
        """Return the recipient of an `age1…` text; raises MalformedError for anything else."""
        prefix, public = bech32.decode(text)
        if prefix != RECIPIENT_PREFIX or text != text.lower() or len(public) != KEY_LENGTH:
            raise MalformedError("not an age1… recipient")
        return cls(public)

    def wrap(self, file_key: bytes) -> Stanza:
        """Return the stanza under a fresh ephemeral key; raises MalformedError for a public key of low order."""
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        key = _wrap_key(ephemeral, self.public, share + self.public)
        return Stanza(KIND, (encoded(share),), ChaCha20Poly1305(key).encrypt(ZERO_NONCE, file_key, None))


@dataclass(frozen=True)
class X25519Identity:
    """Opens what was sealed to the public key of a 32-byte X25519 secret."""

    secret: bytes = field(repr=False)

    @classmethod
    def read(cls, text: str) -> "X25519Identity":
        """Return the identity of an `AGE-SECRET-KEY-1…` text; raises MalformedError for anything else."""
        prefix, secret = bech32.decode(text)
        if prefix != IDENTITY_PREFIX or text != text.upper() or len(secret) != KEY_LENGTH:
            raise MalformedError("not an AGE-SECRET-KEY-1… identity")
        return cls(secret)

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """Return the file key of the first stanza that opens, or None; raises MalformedError as the format rules."""
        private = X25519PrivateKey.from_private_bytes(self.secret)
        public = private.public_key().public_bytes_raw()
        for stanza in stanzas:
            if stanza.kind == KIND:
                check_shape(stanza, 1)
                share = argument(stanza, 0, KEY_LENGTH)
                key = _wrap_key(private, share, share + public)
                try:
                    return ChaCha20Poly1305(key).decrypt(ZERO_NONCE, stanza.body, None)
                except InvalidTag:
                    continue
        return None


def _wrap_key(private: X25519PrivateKey, other: bytes, salt: bytes) -> bytes:
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(other))
    except ValueError:
        raise MalformedError("X25519 share is of low order") from None
    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=salt, info=INFO).derive(shared)
