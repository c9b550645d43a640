"""A header that parses is emitted again as the same bytes; all other bytes are refused."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing.age import header
from hrdplatform.sealing.age.stanzas import Stanza, decoded, encoded
from hrdplatform.sealing.errors import MalformedError, TamperedError

FILE_KEY = bytes(16)
WORD = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=20)
STANZAS = st.lists(st.builds(Stanza, WORD, st.lists(WORD, max_size=3).map(tuple), st.binary(max_size=200)), min_size=1)
ONE = header.emit([Stanza("kind", ("argument",), bytes(48))], FILE_KEY)


@given(STANZAS)
def test_what_is_emitted_parses_to_the_same_and_ends_where_it_ends(stanzas):
    raw = header.emit(stanzas, FILE_KEY)
    parsed = header.parse(raw)
    assert list(parsed.stanzas) == stanzas
    parsed.check_mac(FILE_KEY)
    assert header.length(raw + b"payload") == len(raw)
    assert header.read(BytesIO(raw + b"payload")) == raw


@given(st.binary(max_size=300))
def test_whatever_parses_has_no_second_spelling(tail):
    raw = header.VERSION_LINE + tail
    try:
        parsed = header.parse(raw)
    except MalformedError:
        return
    assert header.emit(parsed.stanzas, FILE_KEY).startswith(parsed.covered)


@given(st.integers(0, len(ONE) - 1), st.integers(1, 255))
def test_no_byte_can_be_changed_unnoticed(place, change):
    changed = ONE[:place] + bytes([ONE[place] ^ change]) + ONE[place + 1 :]
    with pytest.raises((MalformedError, TamperedError)):
        header.parse(changed).check_mac(FILE_KEY)


def test_another_file_key_does_not_confirm_the_header():
    with pytest.raises(TamperedError):
        header.parse(ONE).check_mac(bytes([1] * 16))


def test_a_header_longer_than_the_limit_is_refused_as_soon_as_that_is_clear():
    with pytest.raises(MalformedError):
        header.length(b"x" * 100, limit=100)
    assert header.length(b"x" * 99, limit=100) is None
    with pytest.raises(MalformedError):
        header.read(BytesIO(ONE), limit=len(ONE) - 1)
    assert header.read(BytesIO(ONE), limit=len(ONE)) == ONE


@pytest.mark.parametrize("text", ["A", "AB", "AA==", "AA\n", "A-A_", "Ä"])
def test_base64_has_one_spelling(text):
    with pytest.raises(MalformedError):
        decoded(text)
    assert decoded(encoded(b"\x00")) == b"\x00"
