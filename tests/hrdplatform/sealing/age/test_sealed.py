"""Our own sealed objects: one stanza, one length of header, nothing released that is not authentic."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing import xwing
from hrdplatform.sealing.age import header, stream
from hrdplatform.sealing.age.files import decrypt, encrypt
from hrdplatform.sealing.age.hybrid import HybridIdentity, HybridRecipient
from hrdplatform.sealing.age.sealed import (
    HEADER_LENGTH,
    OpeningStream,
    SealingStream,
    check_outside,
    open_sealed,
    seal,
    sealed_size,
)
from hrdplatform.sealing.age.stanzas import Stanza
from hrdplatform.sealing.age.x25519 import X25519Recipient
from hrdplatform.sealing.errors import MalformedError, SealingError, TamperedError, WrongKeyError

SEED = bytes(32)
RECIPIENT = xwing.public_key(SEED)
BLOB = seal(b"what she wrote", RECIPIENT)
SIZES = st.sampled_from([0, 1, 100, 65535, 65536, 65537, 131072, 200_000])


def with_stanzas(*stanzas):
    file_key = bytes(16)
    return header.emit(stanzas, file_key) + bytes(16) + stream.PayloadSealer(bytes(32)).finish()


@given(SIZES, st.integers(1, 70_000), st.integers(1, 70_000))
def test_in_whatever_pieces_it_comes_the_whole_comes_back(size, step, other_step):
    plaintext = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    sealing, opening = SealingStream(RECIPIENT), OpeningStream(SEED)
    sealed = sealing.header() + b"".join(sealing.update(piece) for piece in cut(plaintext, step)) + sealing.finish()
    assert len(sealed) == sealed_size(size)
    check_outside(sealed)
    assert b"".join(opening.update(piece) for piece in cut(sealed, other_step)) + opening.finish() == plaintext


def cut(octets, step):
    return [octets[start : start + step] for start in range(0, len(octets), step)]


@pytest.mark.parametrize(
    ("plaintext", "sealed"),
    [(8192, 9_851), (32_768, 34_427), (131_072, 132_747), (524_288, 526_059), (2_097_152, 2_099_307)],
)
def test_records_have_the_published_sealed_sizes(plaintext, sealed):
    assert len(seal(bytes(plaintext), RECIPIENT)) == sealed_size(plaintext) == sealed


def test_a_stock_reader_opens_ours_and_we_open_its_file():
    opened, written = BytesIO(), BytesIO()
    decrypt(BytesIO(BLOB), opened, [HybridIdentity(SEED)])
    encrypt(BytesIO(b"from stock age"), written, [HybridRecipient(RECIPIENT)])
    assert opened.getvalue() == b"what she wrote"
    assert open_sealed(written.getvalue(), SEED) == b"from stock age"


def test_another_identity_is_told_apart_from_damage():
    with pytest.raises(WrongKeyError):
        open_sealed(BLOB, bytes([1] * 32))


@given(st.integers(0, len(BLOB) - 1), st.integers(1, 255))
def test_a_single_changed_byte_is_refused(place, change):
    with pytest.raises(SealingError):
        open_sealed(BLOB[:place] + bytes([BLOB[place] ^ change]) + BLOB[place + 1 :], SEED)


@given(st.integers(0, len(BLOB) - 1))
def test_a_shortened_object_is_refused(length):
    with pytest.raises((TamperedError, MalformedError)):
        open_sealed(BLOB[:length], SEED)


def test_22_two_stanzas_are_refused_from_the_outside():
    stanza = HybridRecipient(RECIPIENT).wrap(bytes(16))
    with pytest.raises(MalformedError):
        check_outside(with_stanzas(stanza, stanza))


@pytest.mark.parametrize(
    "stanza",
    [
        X25519Recipient(RECIPIENT[-32:]).wrap(bytes(16)),
        Stanza("mlkem768x25519", (), bytes(32)),
        Stanza("mlkem768x25519", ("AAAA",), bytes(32)),
        Stanza("mlkem768x25519", HybridRecipient(RECIPIENT).wrap(bytes(16)).arguments, bytes(33)),
    ],
    ids=["classic", "no share", "short share", "long body"],
)
def test_another_kind_of_stanza_is_refused_from_the_outside(stanza):
    with pytest.raises(MalformedError):
        check_outside(with_stanzas(stanza))


def test_22_a_header_over_four_kibibytes_is_refused_before_it_is_read():
    blob = b"age-encryption.org/v1\n-> mlkem768x25519 " + b"A" * 5000 + BLOB
    with pytest.raises(MalformedError):
        check_outside(blob)
    with pytest.raises(MalformedError):
        OpeningStream(SEED).update(blob)


@pytest.mark.parametrize("payload", [b"", bytes(31), bytes(16 + 65552 + 16)])
def test_a_payload_that_cannot_be_one_is_refused_from_the_outside(payload):
    with pytest.raises(MalformedError):
        check_outside(BLOB[:HEADER_LENGTH] + payload)


@given(st.binary(max_size=200))
def test_whatever_the_bytes_they_are_refused_by_name(blob):
    with pytest.raises(MalformedError):
        check_outside(blob)
    with pytest.raises(SealingError):
        open_sealed(blob, SEED)
