"""Ed25519 by one rule; the published verdicts and small-order keys stand in `test_negative_records`, number 20."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing import ed25519

SEEDS = st.binary(min_size=32, max_size=32)


@given(SEEDS, st.binary(max_size=100))
def test_what_is_signed_is_verified(seed, message):
    ed25519.verify(ed25519.public_key(seed), message, ed25519.sign(seed, message))


@given(SEEDS, st.binary(max_size=20), st.integers(0, 511))
def test_a_single_flipped_bit_is_found(seed, message, bit):
    signature = bytearray(ed25519.sign(seed, message))
    signature[bit // 8] ^= 1 << bit % 8
    with pytest.raises(ed25519.SignatureError):
        ed25519.verify(ed25519.public_key(seed), message, bytes(signature))


@given(SEEDS)
def test_a_signature_with_the_order_added_is_refused(seed):
    signature = ed25519.sign(seed, b"message")
    more = int.from_bytes(signature[32:], "little") + ed25519.ORDER
    with pytest.raises(ed25519.SignatureError):
        ed25519.verify(ed25519.public_key(seed), b"message", signature[:32] + more.to_bytes(32, "little"))


@given(st.binary(max_size=40), st.binary(max_size=70))
def test_any_bytes_are_refused_by_name(public, signature):
    with pytest.raises(ed25519.SignatureError):
        ed25519.verify(public, b"message", signature)


POINTS = [(y | sign << 255).to_bytes(32, "little") for y in sorted(ed25519.SMALL_ORDER) for sign in (0, 1)]


def accepted_by_the_library(public, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize("public", POINTS)
def test_20_a_signature_that_the_library_accepts_under_a_key_of_small_order(public):
    # The signature is a point and S = 0; under an honest key none of them would pass for any message.
    tried = [(bytes([number]), point + bytes(32)) for number in range(64) for point in POINTS]
    forged = [
        (message, signature) for message, signature in tried if accepted_by_the_library(public, message, signature)
    ]
    assert forged
    for message, signature in forged:
        with pytest.raises(ed25519.SignatureError):
            ed25519.verify(public, message, signature)


def test_the_five_values_are_those_of_the_torsion_points():
    for y in ed25519.SMALL_ORDER:
        assert y < ed25519.FIELD
        assert order_divides_eight(y)


def order_divides_eight(y: int) -> bool:
    """Doubling thrice in y alone: y' from the curve equation −x²+y²=1+dx²y² and the addition law, without x."""
    p, d = ed25519.FIELD, -121665 * pow(121666, -1, ed25519.FIELD)
    for _ in range(3):
        square = y * y % p
        x_square = (square - 1) * pow(d * square + 1, -1, p) % p
        y = (square + x_square) * pow(1 - d * x_square * square, -1, p) % p
    return y == 1
