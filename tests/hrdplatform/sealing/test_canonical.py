"""Canonical JSON: one value, one spelling. What is refused: `test_negative_records`, number 18."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing import canonical
from tests.hrdplatform.sealing.vectors import VECTORS

KEYS = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.integers(0, canonical.LARGEST)
VALUES = st.recursive(
    st.none() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=range(3))
def test_the_published_vectors(vector):
    assert canonical.emit(vector["value"]) == vector["bytes"].encode()
    assert canonical.parse(vector["bytes"].encode()) == vector["value"]


@given(VALUES)
def test_what_is_emitted_is_parsed_again(value):
    assert canonical.parse(canonical.emit(value)) == value


@given(VALUES)
def test_it_is_the_json_of_the_paper(value):
    paper = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    assert canonical.emit(value) == paper.encode("ascii")


@given(VALUES, st.data())
def test_no_other_bytes_mean_the_same(value, data):
    raw = canonical.emit(value)
    place = data.draw(st.integers(0, len(raw)))
    other = raw[:place] + data.draw(st.sampled_from([b" ", b"\n", b"\t", b"0", b"-", b"\\u0041", b"\0"])) + raw[place:]
    try:
        assert canonical.parse(other) != value
    except canonical.CanonicalError:
        return


@given(st.binary(max_size=60))
def test_any_bytes_are_read_exactly_or_refused(raw):
    try:
        value = canonical.parse(raw)
    except canonical.CanonicalError:
        return
    assert canonical.emit(value) == raw


def test_sixteen_levels_are_the_deepest():
    raw = b"[" * 17 + b"]" * 17
    assert canonical.emit(canonical.parse(raw)) == raw


def test_exactly_the_keys():
    assert canonical.parse_object(b'{"a":1}', frozenset("a")) == {"a": 1}
    for raw in (b"{}", b"[]", b"null", b'{"b":1}'):
        with pytest.raises(canonical.CanonicalError):
            canonical.parse_object(raw, frozenset("a"))
