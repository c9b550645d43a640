"""Single fields: each has one spelling, every other one is refused."""

from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing import fields
from hrdplatform.sealing.canonical import CanonicalError


@pytest.mark.parametrize(
    ("read", "good"),
    [
        (fields.hash_hex, "0a" * 32),
        (fields.hex16, "0a" * 16),
        (fields.hash_or_nothing, ""),
        (fields.hex16_or_nothing, ""),
        (fields.member_id, "m01"),
        (fields.member_id, "m100"),
        (fields.author, "defender"),
        (fields.author, "m01"),
    ],
)
def test_ids_and_hashes(read, good):
    assert read(good) == good


@pytest.mark.parametrize(
    ("read", "bad"),
    [
        (fields.hash_hex, "0A" * 32),
        (fields.hash_hex, "0a" * 32 + "\n"),
        (fields.hash_hex, "٠" * 64),
        (fields.hash_hex, 0),
        (fields.hex16, ""),
        (fields.hex16_or_nothing, None),
        (fields.member_id, "m1"),
        (fields.member_id, "M01"),
        (fields.member_id, "m٠١"),
        (fields.author, "server"),
        (fields.number, "1"),
        (fields.number, None),
        (fields.text, 1),
        (fields.day, "2026-1-05"),
        (fields.day, "2026-02-30"),
        (fields.day, "20260205"),
        (fields.minute, "2026-11-23T08:30:00Z"),
        (fields.minute, "2026-11-23T24:00Z"),
        (fields.minute, "2026-11-23 08:30Z"),
        (fields.hashes, ["b" * 64, "a" * 64]),
        (fields.hashes, ["a" * 64, "a" * 64]),
        (fields.hashes, "a" * 64),
        (fields.member_ids, ["m02", "m01"]),
    ],
)
def test_other_spellings_are_refused(read, bad):
    with pytest.raises(CanonicalError):
        read(bad)


@pytest.mark.parametrize("bad", ["AB==", "AA=", "AA", " AA==", "AA==\n", "A-==", "", 3])
def test_base64_has_one_spelling(bad):
    assert fields.octets("AA==", 1) == b"\0"
    with pytest.raises(CanonicalError):
        fields.octets(bad, 1)


@given(st.binary(max_size=40))
def test_bytes_come_back(raw):
    assert fields.octets(fields.spell(raw), len(raw)) == raw


@given(st.datetimes(timezones=st.just(UTC)))
def test_minutes_come_back(at):
    assert fields.minute(fields.spell_minute(at)) == at.replace(second=0, microsecond=0)


def test_days_are_of_the_calendar():
    assert fields.day("2028-02-29") == date(2028, 2, 29)


def test_limits_count_characters():
    assert fields.text("🧭🧭", most=2) == "🧭🧭"
    with pytest.raises(CanonicalError):
        fields.text("🧭🧭🧭", most=2)
