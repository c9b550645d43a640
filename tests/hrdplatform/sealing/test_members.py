"""A member's seed gives the published keys; the identity file is exact; only its passphrase opens it at rest."""

from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hrdplatform.sealing.age.files import encrypt
from hrdplatform.sealing.age.hybrid import HybridRecipient
from hrdplatform.sealing.age.scrypt import PassphraseRecipient
from hrdplatform.sealing.errors import MalformedError, TooCostlyError, WrongKeyError
from hrdplatform.sealing.members import (
    identity_file,
    member_keys,
    new_passphrase,
    protect,
    read_identity_file,
    typed_passphrase,
    unprotect,
)
from hrdplatform.sealing.spoken import spoken_digits, spoken_indices, spoken_words
from hrdplatform.sealing.words import LISTS
from tests.hrdplatform.sealing.vectors import VECTORS

KEYS = member_keys(bytes(32))
FILE = identity_file("m07", KEYS)


@pytest.mark.parametrize("vector", VECTORS["members"], ids=lambda vector: vector["id"])
def test_the_published_seed_gives_the_published_keys_file_and_words(vector):
    keys = member_keys(bytes.fromhex(vector["seed"]))
    for name in ("kem", "sig", "kem_public", "sig_public"):
        assert getattr(keys, name).hex() == vector[name]
    assert identity_file(vector["id"], keys).decode() == vector["file"]
    assert list(spoken_indices("member", keys.kem_public + keys.sig_public)) == vector["words"]


def test_the_published_root_and_card_have_the_published_words():
    root = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(VECTORS["list"]["root_seed"])).public_key()
    assert list(spoken_indices("root", root.public_bytes_raw())) == VECTORS["list"]["root_words"]
    assert list(spoken_indices("check", bytes.fromhex(VECTORS["card"]["id"]))) == VECTORS["card"]["check_words"]


def test_words_may_be_spoken_as_digits():
    indices = spoken_indices("check", bytes(32))
    assert spoken_digits("check", bytes(32)) == tuple(f"{index + 1:04}" for index in indices)
    assert spoken_words("check", bytes(32)) == tuple(LISTS["en"].words[index] for index in indices)


def test_an_identity_file_is_read_back_and_in_no_second_spelling():
    assert read_identity_file(FILE) == ("m07", KEYS)
    for other in (FILE.replace(b"\n", b"\r\n"), FILE[:-1], FILE + b"\n", FILE.lower(), FILE.replace(b"m07", b"7")):
        with pytest.raises(MalformedError):
            read_identity_file(other)


def test_only_the_passphrase_opens_the_identity():
    passphrase = new_passphrase("fr")
    protected = protect(FILE, passphrase)
    assert unprotect(protected, typed_passphrase(passphrase.upper().replace("-", "  "))) == FILE
    with pytest.raises(WrongKeyError):
        unprotect(protected, new_passphrase())


def test_an_identity_that_would_cost_too_much_is_refused():
    costly = BytesIO()
    encrypt(BytesIO(FILE), costly, [PassphraseRecipient("words", 17)])
    with pytest.raises(TooCostlyError):
        unprotect(costly.getvalue(), "words")


@pytest.mark.parametrize("size", [0, 65537])
def test_what_is_no_protected_identity_is_refused(size):
    with pytest.raises(MalformedError):
        unprotect(bytes(size), "words")


def test_an_identity_sealed_to_a_key_is_no_protected_one():
    sealed = BytesIO()
    encrypt(BytesIO(FILE), sealed, [HybridRecipient(KEYS.kem_public)])
    with pytest.raises(MalformedError):
        unprotect(sealed.getvalue(), "words")
