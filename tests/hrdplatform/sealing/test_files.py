"""A file arrives sealed, padded and cut; whoever may read it gets it back whole, or an error and not one byte."""

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing.age.sealed import open_sealed, seal
from hrdplatform.sealing.errors import MalformedError, TamperedError, WrongKeyError
from hrdplatform.sealing.files import (
    PART,
    FileSealer,
    TooLargeError,
    check_parts,
    digest,
    opened,
    padded_size,
    part_count,
    sealed_file_size,
)
from hrdplatform.sealing.xwing import public_key
from tests.hrdplatform.sealing.vectors import VECTORS


def sealed_file(content: bytes, step: int = 65536):
    sealer, parts, hashes = FileSealer(), {}, []
    pieces = [piece for start in range(0, len(content), step) for piece in sealer.update(content[start : start + step])]
    for piece in [*pieces, *sealer.finish()]:
        parts[piece.part] = parts.get(piece.part, b"") + bytes(piece.octets)
        hashes += [piece.hash] if piece.hash else []
    return sealer.attachment("Lettre.pdf", "application/pdf"), parts, hashes


def read(entry, parts):
    return b"".join(opened(entry, lambda number: [parts[number]]))


@pytest.mark.parametrize(("size", "padded"), VECTORS["padme"].items())
def test_padding_has_the_published_sizes(size, padded):
    assert padded_size(int(size)) == padded


@given(st.integers(1, 2**40))
def test_padding_never_shortens_and_costs_at_most_an_eighth(size):
    assert max(size, 65536) <= padded_size(size) <= max(size, 65536) * 1.125


def test_the_digest_is_the_published_one():
    vector = VECTORS["digest"]
    described = [part.split(" x ") for part in vector["parts"]]
    hashes = [sha256(bytes.fromhex(octet) * int(count)).digest() for octet, count in described]
    assert digest(vector["sealed"], hashes) == vector["digest"]


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 1_000_000])
def test_a_file_comes_back_as_it_was_and_has_the_foretold_size(size):
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    entry, parts, hashes = sealed_file(content)
    assert read(entry, parts) == content
    assert entry.sealed == sum(map(len, parts.values())) == sealed_file_size(size)
    assert (entry.size, entry.parts, entry.name) == (size, 1, "Lettre.pdf")
    check_parts(entry, hashes)


def test_a_large_file_is_cut_every_eight_mebibytes():
    content = bytes(PART) + b"end"
    entry, parts, _ = sealed_file(content, step=1 << 20)
    assert [len(parts[number]) for number in sorted(parts)] == [PART, entry.sealed - PART]
    assert entry.parts == part_count(entry.sealed) == 2
    assert read(entry, parts) == content


def test_what_a_browser_reads_is_one_age_file():
    entry, parts, _ = sealed_file(b"text")
    assert open_sealed(parts[1], entry.key) == b"text" + bytes(65532)


@pytest.mark.parametrize("damage", ["swapped", "repeated", "missing", "foreign", "flipped"])
def test_21_a_wrong_part_shows_no_byte(damage):
    entry, parts, _ = sealed_file(bytes(PART + 1), step=1 << 20)
    foreign = sealed_file(bytes(PART + 1), step=1 << 20)[1]
    bad = {
        "swapped": {1: parts[2], 2: parts[1]},
        "repeated": {1: parts[1], 2: parts[1]},
        "missing": {1: parts[1], 2: b""},
        "foreign": {1: parts[1], 2: foreign[2]},
        "flipped": {1: parts[1], 2: parts[2][:-1] + bytes([parts[2][-1] ^ 1])},
    }[damage]
    with pytest.raises(TamperedError):
        opened(entry, lambda number: [bad[number]])


def test_sizes_that_do_not_belong_together_are_refused():
    entry, parts, _ = sealed_file(b"text")
    for lie in (replace(entry, size=70_000), replace(entry, parts=2), replace(entry, sealed=entry.sealed - 1)):
        with pytest.raises(TamperedError):
            opened(lie, lambda number: [parts[1]])


def test_bytes_after_the_end_must_be_zeros():
    entry, _, _ = sealed_file(b"text")
    smuggled = seal(b"text" + b"\x01" + bytes(65531), public_key(entry.key))
    lie = replace(entry, digest=sealed_digest(smuggled))
    with pytest.raises(TamperedError):
        read(lie, {1: smuggled})


def test_a_file_shorter_than_it_says_is_refused():
    entry, _, _ = sealed_file(bytes(65537))
    short = seal(bytes(65536), public_key(entry.key))
    padded = short + bytes(entry.sealed - len(short))
    with pytest.raises(TamperedError):
        read(replace(entry, digest=sealed_digest(padded)), {1: padded})


def test_another_key_does_not_open():
    entry, parts, _ = sealed_file(b"text")
    with pytest.raises(WrongKeyError):
        read(replace(entry, key=bytes(32)), parts)


def test_an_unfinished_file_has_no_entry():
    sealer = FileSealer()
    sealer.update(b"text")
    with pytest.raises(MalformedError):
        sealer.attachment("name", "")


def test_a_file_may_reach_its_limit_and_not_pass_it():
    sealer = FileSealer(limit=100_000)
    sealer.update(bytes(100_000))
    with pytest.raises(TooLargeError):
        sealer.update(b"x")


def sealed_digest(part):
    return digest(len(part), [sha256(part).digest()])
