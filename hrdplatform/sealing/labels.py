"""Domain separation: every hash and every derived key of the format carries a label under one prefix.

Two values made for different purposes can therefore never be mistaken for each other, whatever bytes go in
(sealing.md 2 and 3). The prefix and all labels are part of the format: changing one makes a new format.
"""

from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

P = b"hrdplatform/sealing/v1/"


def hashed(label: str, *parts: bytes) -> bytes:
    """Return the 32 bytes of SHA-256 over `P || label || 00 || parts…`; the parts are joined as they are."""
    digest = sha256(P + label.encode("ascii") + b"\x00")
    for part in parts:
        digest.update(part)
    return digest.digest()


def derive(secret: bytes, label: str, length: int = 32) -> bytes:
    """Return `length` bytes of HKDF-SHA256 (RFC 5869) over `secret`, salt empty, info `P || label` (no 00)."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=P + label.encode("ascii")).derive(secret)
