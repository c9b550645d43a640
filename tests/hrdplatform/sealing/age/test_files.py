"""The general reader against the published age vectors, and reader against writer."""

from hashlib import sha256
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing import xwing
from hrdplatform.sealing.age import header, stream
from hrdplatform.sealing.age.files import decrypt, encrypt
from hrdplatform.sealing.age.hybrid import HybridIdentity, HybridRecipient
from hrdplatform.sealing.age.scrypt import PassphraseIdentity, PassphraseRecipient
from hrdplatform.sealing.age.x25519 import X25519Identity, X25519Recipient
from hrdplatform.sealing.errors import MalformedError, SealingError, TamperedError, TooCostlyError, WrongKeyError
from tests.hrdplatform.sealing.age.cctv import Vector, vectors

VECTORS = vectors()
REFUSALS = {
    "no match": WrongKeyError,
    "HMAC failure": TamperedError,
    "header failure": MalformedError,
    "payload failure": TamperedError,
    "armor failure": MalformedError,
}
SEED = bytes(range(32))


def identities(vector: Vector):
    for text in vector.all("identity"):
        hybrid = text.startswith("AGE-SECRET-KEY-PQ-")
        yield HybridIdentity(xwing.read_identity(text)) if hybrid else X25519Identity.read(text)
    yield from (PassphraseIdentity(passphrase) for passphrase in vector.all("passphrase"))


PUBLIC = X25519PrivateKey.from_private_bytes(SEED).public_key().public_bytes_raw()


def test_all_published_vectors_are_read():
    assert len(VECTORS) == 143


def named(expect: str) -> list[Vector]:
    return [vector for vector in VECTORS if vector.one("expect") == expect]


def by_name(vector: Vector) -> str:
    return vector.name


@pytest.mark.parametrize("vector", named("success"), ids=by_name)
def test_a_good_published_file_opens(vector):
    released = BytesIO()
    decrypt(BytesIO(vector.file), released, identities(vector))
    assert sha256(released.getvalue()).hexdigest() == vector.one("payload")


@pytest.mark.parametrize("expect", ["no match", "HMAC failure", "header failure", "armor failure"])
def test_a_bad_published_file_is_refused_by_its_name_and_releases_nothing(expect):
    for vector in named(expect):
        released = BytesIO()
        with pytest.raises(REFUSALS[expect]):
            decrypt(BytesIO(vector.file), released, identities(vector))
        assert released.getvalue() == b"", vector.name


@pytest.mark.parametrize("vector", named("payload failure"), ids=by_name)
def test_a_bad_published_payload_releases_only_chunks_in_their_place(vector):
    released = BytesIO()
    with pytest.raises(TamperedError):
        decrypt(BytesIO(vector.file), released, identities(vector))
    allowed = vector.authentic()
    assert sha256(allowed).hexdigest() == vector.one("payload")
    assert allowed.startswith(released.getvalue())
    assert len(allowed) - len(released.getvalue()) <= stream.CHUNK


@pytest.mark.parametrize("vector", named("success"), ids=by_name)
def test_a_published_header_is_emitted_again_as_the_same_bytes(vector):
    raw = vector.binary[: header.length(vector.binary)]
    assert header.emit(header.parse(raw).stanzas, bytes.fromhex(vector.one("file key"))) == raw


RECIPIENTS = {
    "hybrid": (HybridRecipient(xwing.public_key(SEED)), HybridIdentity(SEED)),
    "classic": (X25519Recipient(PUBLIC), X25519Identity(SEED)),
    "passphrase": (PassphraseRecipient("seven-words", 8), PassphraseIdentity("seven-words")),
}


@pytest.mark.parametrize("kind", RECIPIENTS)
@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 131072, 300000])
def test_what_is_written_is_read_by_the_same_key(kind, size):
    recipient, identity = RECIPIENTS[kind]
    plaintext = bytes(size)
    sealed, opened = BytesIO(), BytesIO()
    encrypt(BytesIO(plaintext), sealed, [recipient])
    sealed.seek(0)
    decrypt(sealed, opened, [identity])
    assert opened.getvalue() == plaintext


def test_each_of_several_recipients_can_open():
    recipients, identities_of = zip(RECIPIENTS["hybrid"], RECIPIENTS["classic"], strict=True)
    sealed = BytesIO()
    encrypt(BytesIO(b"for both"), sealed, recipients)
    for identity in identities_of:
        opened = BytesIO()
        decrypt(BytesIO(sealed.getvalue()), opened, [identity])
        assert opened.getvalue() == b"for both"


@pytest.mark.parametrize("recipients", [[], [RECIPIENTS["passphrase"][0], RECIPIENTS["hybrid"][0]]])
def test_a_file_for_nobody_or_with_a_passphrase_beside_a_key_is_not_written(recipients):
    target = BytesIO()
    with pytest.raises(MalformedError):
        encrypt(BytesIO(b"text"), target, recipients)
    assert target.getvalue() == b""


def test_a_passphrase_file_that_costs_too_much_is_refused_before_any_work():
    sealed = BytesIO()
    encrypt(BytesIO(b"text"), sealed, [PassphraseRecipient("words", 9)])
    with pytest.raises(TooCostlyError):
        decrypt(BytesIO(sealed.getvalue()), BytesIO(), [PassphraseIdentity("words", 8)])
    with pytest.raises(WrongKeyError):
        decrypt(BytesIO(sealed.getvalue()), BytesIO(), [PassphraseIdentity("other words", 9)])


@given(st.binary(max_size=4000))
def test_no_bytes_whatever_make_the_reader_fail_otherwise_than_by_name(content):
    with pytest.raises(SealingError):
        decrypt(BytesIO(b"age-encryption.org/v1\n" + content), BytesIO(), [HybridIdentity(SEED)])
