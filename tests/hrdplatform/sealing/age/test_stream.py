"""The payload in chunks: order, end and every byte are authentic; one chunk at most is held."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing.age.stream import CHUNK, SEALED_CHUNK, PayloadOpener, PayloadSealer, sealed_length
from hrdplatform.sealing.errors import TamperedError

KEY = bytes(32)


def sealed(plaintext):
    sealer = PayloadSealer(KEY)
    return sealer.update(plaintext) + sealer.finish()


def opened(payload):
    opener = PayloadOpener(KEY)
    return opener.update(payload) + opener.finish()


@given(st.integers(0, 3 * CHUNK))
def test_the_length_is_foretold(size):
    assert len(sealed(bytes(size))) == sealed_length(size)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_every_cut_is_noticed(size):
    payload = sealed(bytes(size))
    edges = [*range(0, len(payload), SEALED_CHUNK), len(payload)]
    for start, end in pairwise(edges):
        for shorter in {start, start + 1, end - 1}:
            with pytest.raises(TamperedError):
                opened(payload[:shorter])


def test_chunks_cannot_change_places_or_be_repeated():
    payload = sealed(bytes(3 * CHUNK))
    one, two, rest = payload[:SEALED_CHUNK], payload[SEALED_CHUNK : 2 * SEALED_CHUNK], payload[2 * SEALED_CHUNK :]
    for other in (two + one + rest, one + one + rest, one + rest, payload + rest):
        with pytest.raises(TamperedError):
            opened(other)


def test_nothing_of_a_chunk_is_released_before_all_of_it_is_there_and_followed():
    payload, opener = sealed(bytes(2 * CHUNK)), PayloadOpener(KEY)
    assert opener.update(payload[:SEALED_CHUNK]) == b""
    assert opener.update(payload[SEALED_CHUNK : SEALED_CHUNK + 1]) == bytes(CHUNK)
    assert opener.update(payload[SEALED_CHUNK + 1 :]) == b""
    assert opener.finish() == bytes(CHUNK)


def test_no_nonce_is_used_twice():
    sealer = PayloadSealer(KEY)
    octets = sealer.update(bytes(4 * CHUNK)) + sealer.finish()
    chunks = [octets[start : start + SEALED_CHUNK] for start in range(0, len(octets), SEALED_CHUNK)]
    assert len(set(chunks)) == len(chunks) == 4
