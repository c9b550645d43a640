"""X-Wing opens the published HPKE vectors; keys have one length and one spelling."""

import json
from pathlib import Path

import cryptography_vectors
import pytest

from hrdplatform.sealing import xwing
from hrdplatform.sealing.errors import MalformedError, WrongKeyError

SUITE = {"mode": 0, "kem_id": 0x647A, "kdf_id": 1, "aead_id": 3}
PUBLISHED = Path(cryptography_vectors.__file__).parent / "HPKE" / "hpke-pq-test-vectors.json"
SEED, OTHER = bytes(32), bytes([1] * 32)
RECIPIENT = xwing.public_key(SEED)


def published():
    vectors = json.loads(PUBLISHED.read_text())
    return [vector for vector in vectors if SUITE.items() <= vector.items()]


def test_a_published_seed_has_the_published_public_key():
    for vector in published():
        assert xwing.public_key(bytes.fromhex(vector["skRm"])).hex() == vector["pkRm"]


def test_the_first_published_message_opens_where_its_aad_can_be_given():
    # Our stanza has an empty aad and the published messages have not: the library's own entry is asked, with our key.
    from cryptography.hazmat.bindings._rust import openssl

    (vector,) = published()
    enc, info, seed = (bytes.fromhex(vector[name]) for name in ("enc", "info", "skRm"))
    first = vector["encryptions"][0]
    key = xwing.MLKEM768X25519PrivateKey(*xwing._halves(seed))
    opened = openssl.hpke._decrypt_with_aad(
        xwing._SUITE, enc + bytes.fromhex(first["ct"]), key, info, bytes.fromhex(first["aad"])
    )
    assert opened.hex() == first["pt"]


def test_the_seed_opens_what_was_sealed_to_its_public_key_and_no_other_does():
    enc, ciphertext = xwing.hpke_seal(b"file key", RECIPIENT, b"info")
    assert (len(enc), len(ciphertext)) == (1120, 24)
    assert xwing.hpke_open(enc, ciphertext, SEED, b"info") == b"file key"
    for seed, info in ((OTHER, b"info"), (SEED, b"other")):
        with pytest.raises(WrongKeyError):
            xwing.hpke_open(enc, ciphertext, seed, info)


def test_a_share_of_low_order_is_refused_on_both_sides():
    enc, ciphertext = xwing.hpke_seal(b"file key", RECIPIENT, b"info")
    with pytest.raises(MalformedError):
        xwing.hpke_open(enc[:-32] + bytes(32), ciphertext, SEED, b"info")
    with pytest.raises(MalformedError):
        xwing.hpke_seal(b"file key", RECIPIENT[:-32] + bytes(32), b"info")


@pytest.mark.parametrize("recipient", [b"", RECIPIENT[:-1], RECIPIENT + b"x", b"\xff" * 1216])
def test_what_is_no_public_key_is_refused(recipient):
    with pytest.raises(MalformedError):
        xwing.hpke_seal(b"file key", recipient, b"info")


@pytest.mark.parametrize("seed", [b"", bytes(31), bytes(33)])
def test_a_seed_has_32_bytes(seed):
    for use in (xwing.public_key, xwing.identity_text):
        with pytest.raises(MalformedError):
            use(seed)


def test_keys_have_one_text():
    assert xwing.read_recipient(xwing.recipient_text(RECIPIENT)) == RECIPIENT
    assert xwing.read_identity(xwing.identity_text(SEED)) == SEED
    assert xwing.recipient_text(RECIPIENT).startswith("age1pq1")
    with pytest.raises(MalformedError):
        xwing.read_recipient(xwing.recipient_text(RECIPIENT).upper())
    with pytest.raises(MalformedError):
        xwing.read_identity(xwing.identity_text(SEED).lower())


def test_the_identity_of_the_specification_is_read():
    text = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
    assert xwing.identity_text(xwing.read_identity(text)) == text
