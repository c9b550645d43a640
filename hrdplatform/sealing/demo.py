"""Demonstration keys: derived from seeds that everybody knows, so that a trial platform opens at once and protects
nothing.

One published seed per role, expanded by HKDF (sealing.md 3). Lists under these roots carry `demo: 1`: browsers refuse
them unless the host is loopback, and the production check asks `is_demo_root`.
"""

from hashlib import sha256

from hrdplatform.sealing import ed25519
from hrdplatform.sealing.labels import derive

PUBLISHED = "hrdplatform demonstration key, known to everybody: "

ROLES = (
    "root",
    "next root",
    "lead",
    "caseworker",
    "lawyer",
    "recovery",
    "other root",
    "other lead",
    "other caseworker",
    "other recovery",
)
"""The roles of the two demonstration teams; the order says nothing."""


def seed(role: str) -> bytes:
    """Return the 32-byte seed of a role: a root's Ed25519 seed, or a member's seed. Raises `KeyError` for another
    role.
    """
    if role not in ROLES:
        raise KeyError(role)
    published = sha256(PUBLISHED.encode("ascii") + role.encode("ascii")).digest()
    return derive(published, "demo/" + role.replace(" ", "-"))


def roots() -> frozenset[bytes]:
    """Return the public keys of the demonstration roots."""
    return frozenset(ed25519.public_key(seed(role)) for role in ROLES if role.endswith("root"))


def is_demo_root(root: bytes) -> bool:
    """Whether 32 bytes are the public key of a demonstration root: its private key is in this file."""
    return root in roots()
