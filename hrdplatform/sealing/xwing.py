"""X-Wing (MLKEM768-X25519, KEM 0x647a): the key pair of everybody who reads, and HPKE under it.

An identity is a 32-byte seed, a recipient 1,216 bytes: ML-KEM-768 (1,184) then X25519 (32). What is sealed to it stays
closed unless both halves are broken, so a recording made today resists a quantum computer of tomorrow.
Sources: draft-connolly-cfrg-xwing-kem, draft-ietf-hpke-pq, RFC 9180 base mode, C2SP age.md.
"""

from hashlib import shake_256
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from hrdplatform.sealing import bech32
from hrdplatform.sealing.errors import MalformedError, WrongKeyError

SEED_LENGTH = 32
MLKEM_PUBLIC_LENGTH = 1184
PUBLIC_LENGTH = 1216
ENCAPSULATION_LENGTH = 1120
RECIPIENT_PREFIX = "age1pq"
IDENTITY_PREFIX = "age-secret-key-pq-"

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def new_seed() -> bytes:
    """Return a fresh identity: 32 bytes of the system's randomness."""
    return token_bytes(SEED_LENGTH)


def public_key(seed: bytes) -> bytes:
    """Return the 1,216-byte recipient of the 32-byte identity `seed`. Raises MalformedError for another length."""
    mlkem, x25519 = _halves(seed)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def hpke_seal(plaintext: bytes, recipient: bytes, info: bytes) -> tuple[bytes, bytes]:
    """Return `(enc, ciphertext)` of HPKE SealBase, empty aad: 1,120 bytes and `len(plaintext) + 16`.

    Raises MalformedError when `recipient` is not a public key of this kind.
    """
    try:
        sealed = _SUITE.encrypt(plaintext, _public(recipient), info)
    except ValueError:
        raise MalformedError("X25519 half of the recipient is of low order") from None
    return sealed[:ENCAPSULATION_LENGTH], sealed[ENCAPSULATION_LENGTH:]


def hpke_open(enc: bytes, ciphertext: bytes, seed: bytes, info: bytes) -> bytes:
    """Return the plaintext of HPKE OpenBase, empty aad.

    Raises MalformedError when `enc` has another length or holds an X25519 share of low order, WrongKeyError when `seed`
    does not open it (ML-KEM rejects implicitly, so damage of `enc` and a foreign key cannot be told apart).
    """
    if len(enc) != ENCAPSULATION_LENGTH:
        raise MalformedError(f"X-Wing encapsulation has {len(enc)} bytes, not {ENCAPSULATION_LENGTH}")
    mlkem, x25519 = _halves(seed)
    try:
        x25519.exchange(X25519PublicKey.from_public_bytes(enc[-32:]))
    except ValueError:
        raise MalformedError("X25519 share is of low order") from None
    try:
        return _SUITE.decrypt(enc + ciphertext, MLKEM768X25519PrivateKey(mlkem, x25519), info)
    except InvalidTag:
        raise WrongKeyError("the X-Wing identity does not open this") from None


def recipient_text(recipient: bytes) -> str:
    """Return `age1pq1…`, the text that stock age takes as a recipient."""
    _public(recipient)
    return bech32.encode(RECIPIENT_PREFIX, recipient)


def read_recipient(text: str) -> bytes:
    """Return the 1,216 bytes of an `age1pq1…` text; raises MalformedError for anything else."""
    prefix, recipient = bech32.decode(text)
    if prefix != RECIPIENT_PREFIX or text != text.lower():
        raise MalformedError("not an age1pq1… recipient")
    _public(recipient)
    return recipient


def identity_text(seed: bytes) -> str:
    """Return `AGE-SECRET-KEY-PQ-1…`, the text that stock age takes as an identity. It is the secret itself."""
    if len(seed) != SEED_LENGTH:
        raise MalformedError(f"X-Wing seed has {len(seed)} bytes, not {SEED_LENGTH}")
    return bech32.encode(IDENTITY_PREFIX, seed).upper()


def read_identity(text: str) -> bytes:
    """Return the 32-byte seed of an `AGE-SECRET-KEY-PQ-1…` text; raises MalformedError for anything else."""
    prefix, seed = bech32.decode(text)
    if prefix != IDENTITY_PREFIX or text != text.upper() or len(seed) != SEED_LENGTH:
        raise MalformedError("not an AGE-SECRET-KEY-PQ-1… identity")
    return seed


def _halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(seed) != SEED_LENGTH:
        raise MalformedError(f"X-Wing seed has {len(seed)} bytes, not {SEED_LENGTH}")
    expanded = shake_256(seed).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])


def _public(recipient: bytes) -> MLKEM768X25519PublicKey:
    if len(recipient) != PUBLIC_LENGTH:
        raise MalformedError(f"X-Wing recipient has {len(recipient)} bytes, not {PUBLIC_LENGTH}")
    try:
        mlkem = MLKEM768PublicKey.from_public_bytes(recipient[:MLKEM_PUBLIC_LENGTH])
    except ValueError:
        raise MalformedError("ML-KEM-768 public key is not canonical") from None
    return MLKEM768X25519PublicKey(mlkem, X25519PublicKey.from_public_bytes(recipient[MLKEM_PUBLIC_LENGTH:]))
