"""Wraps: exactly the published lines, in two sealed sizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing import wraps, xwing
from hrdplatform.sealing.errors import MalformedError
from hrdplatform.sealing.wraps import Wrap
from tests.factories.sealed_case import seed
from tests.hrdplatform.sealing.vectors import VECTORS

VECTOR = VECTORS["card"]
WRAP = Wrap(VECTOR["case"], "case", 1, VECTOR["id"], bytes.fromhex(VECTOR["identity_seed"]))
RAW = VECTOR["wrap"].encode()
HEX = "0123456789abcdef"


def test_the_published_wrap():
    assert wraps.emit(WRAP) == RAW
    assert wraps.parse(RAW) == WRAP


@given(
    st.text(HEX, min_size=32, max_size=32),
    st.sampled_from(["case", "notes"]),
    st.integers(0, 99_999_999),
    st.text(HEX, min_size=64, max_size=64),
    st.binary(min_size=32, max_size=32),
)
def test_a_wrap_comes_back(case, chain, epoch, card, identity):
    wrap = Wrap(case, chain, epoch, card, identity)
    assert wraps.parse(wraps.emit(wrap)) == wrap


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        RAW[:-1],
        RAW + b"\n",
        RAW.replace(b"\n", b"\r\n"),
        RAW.replace(b"v1", b"v2"),
        RAW.replace(b"00000001", b"1"),
        RAW.replace(b"chain case", b"chain both"),
        RAW.replace(VECTOR["case"].encode(), VECTOR["case"].upper().encode()),
        RAW.lower(),
        RAW.replace(b"ZS2PG", b"ZS2PZ"),
        RAW.replace(b"AGE-SECRET-KEY-PQ-1", b"AGE-SECRET-KEY-1"),
        "# hrdplatform wrap v1\n# case ٠".encode(),
    ],
)
def test_any_other_bytes_are_refused(raw):
    with pytest.raises(MalformedError):
        wraps.parse(raw)


@pytest.mark.parametrize(("chain", "size"), [("case", 1901), ("notes", 1902)])
def test_the_two_sealed_sizes(chain, size):
    wrap = Wrap(WRAP.case, chain, 7, WRAP.card, WRAP.seed)
    blob = wraps.seal(wrap, xwing.public_key(seed("reader")))
    assert len(blob) == size
    assert wraps.open_sealed(blob, seed("reader")) == wrap


def test_another_size_is_refused_before_it_is_opened():
    with pytest.raises(wraps.WrapError):
        wraps.open_sealed(bytes(1900), seed("reader"))


def test_the_identity_does_not_show_in_logs():
    assert "seed" not in repr(WRAP)
    assert WRAP.seed.hex() not in repr(WRAP)
