"""Ed25519 as this format accepts it: one verdict for each (key, message, signature), the same in Python and browser.

A signature is accepted if and only if S < L, the y of the key is < p, the key is not of small order, and
encode([S]B − [k]A) equals R as bytes (OpenSSL's rule, RFC 8032 5.1.7 without the cofactor; sealing.md 4).
The list of small-order keys is asked first, since `cryptography` and WebCrypto accept such a key for any message.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hrdplatform.sealing.errors import SealingError

PUBLIC_LENGTH = 32
SIGNATURE_LENGTH = 64

FIELD = 2**255 - 19
"""p: coordinates are integers below it."""

ORDER = 2**252 + 27742317777372353535851937790883648493
"""L: the order of the base point."""

EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
"""The smaller y of the points of order 8; the other is p minus it."""

SMALL_ORDER = frozenset({0, 1, FIELD - 1, EIGHTH, FIELD - EIGHTH})
"""The y of the eight points of order 1, 2, 4 and 8: five values, each refused with either sign bit."""


class SignatureError(SealingError):
    """The signature is not one that this key made over this message, or the key is not acceptable."""


def public_key(seed: bytes) -> bytes:
    """Return the 32-byte public key of a 32-byte `seed`."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """Return the 64-byte signature over `message` by the 32-byte `seed` (deterministic, RFC 8032)."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def acceptable(public: bytes) -> bool:
    """Whether 32 bytes may stand for a key at all: y below p, and not of small order. Says nothing about the curve."""
    if len(public) != PUBLIC_LENGTH:
        return False
    y = int.from_bytes(public, "little") & (2**255 - 1)
    return y < FIELD and y not in SMALL_ORDER


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Return nothing if `signature` (64 bytes) is accepted for `message` under `public` (32). Raises
    `SignatureError`.
    """
    if not acceptable(public):
        raise SignatureError("a key of small order or of a second spelling")
    if len(signature) != SIGNATURE_LENGTH or int.from_bytes(signature[32:], "little") >= ORDER:
        raise SignatureError("a signature that is not the canonical 64 bytes")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature as error:
        raise SignatureError("the signature does not fit") from error
