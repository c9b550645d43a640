"""Bech32 gives back what went in, in one spelling only, and refuses a slip of the pen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing.bech32 import ALPHABET, decode, encode
from hrdplatform.sealing.errors import MalformedError

PREFIX = st.text(alphabet="abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20)


@given(PREFIX, st.binary(max_size=1300))
def test_bytes_come_back_in_either_case(prefix, data):
    text = encode(prefix, data)
    assert decode(text) == decode(text.upper()) == (prefix, data)


@given(st.binary(min_size=1, max_size=40), st.data())
def test_one_wrong_letter_is_found(data, draw):
    text = encode("age", data)
    place = draw.draw(st.integers(4, len(text) - 1))
    letter = draw.draw(st.sampled_from([one for one in ALPHABET if one != text[place]]))
    with pytest.raises(MalformedError):
        decode(text[:place] + letter + text[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "1", "age", "age1", "1qqqqqq", "Age1qqqqqq", "age1bbbbbb", "ag\x7f1qqqqqq", "é1qqqqqq"]
)
def test_what_is_no_bech32_is_refused(text):
    with pytest.raises(MalformedError):
        decode(text)


@pytest.mark.parametrize("text", ["a12uel5l", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"])
def test_the_valid_texts_of_bip_173_are_read(text):
    prefix, data = decode(text)
    assert encode(prefix, data) == text
