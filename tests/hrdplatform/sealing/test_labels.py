"""Labels keep hashes and keys of different purposes apart."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing.labels import P, derive, hashed


def test_a_hash_is_taken_over_prefix_label_zero_and_parts():
    assert hashed("part", b"a", b"b") == sha256(P + b"part\x00ab").digest()


@given(st.binary(min_size=1, max_size=64))
def test_another_label_gives_another_value(secret):
    assert derive(secret, "member/kem") != derive(secret, "member/sig")
    assert hashed("file", secret) != hashed("root", secret)


def test_as_many_bytes_are_derived_as_are_asked_for():
    assert len(derive(b"secret", "session")) == 32
    assert derive(b"secret", "session", 64)[:32] == derive(b"secret", "session")
