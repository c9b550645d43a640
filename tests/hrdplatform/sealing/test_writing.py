"""Writing: what is sent opens again, has a bucket's size, and says nothing twice in the same bytes."""

from dataclasses import replace

import pytest

from hrdplatform.sealing import checks, records, writing
from hrdplatform.sealing.canonical import CanonicalError
from tests.factories.sealed_case import Case, texts


@pytest.fixture(scope="module")
def case():
    return Case()


def test_one_character_and_four_hundred_have_the_same_size(case):
    newest = case.view("defender").messages.newest
    short, long = (writing.write_message(newest, case.turn("defender"), "x" * count) for count in (1, 400))
    assert len(short.sealed) == len(long.sealed) == records.SEALED_SIZES[0]
    checks.check_record(short.sealed)


def test_the_same_words_have_another_id_each_time(case):
    newest, turn = case.view("defender").messages.newest, case.turn("defender")
    assert writing.write_message(newest, turn, "yes").id != writing.write_message(newest, turn, "yes").id


def test_line_ends_become_lf():
    case = Case()
    case.write("defender", "one\r\ntwo\rthree")
    assert texts(case.view("m01")) == ["one\ntwo\nthree"]


def test_a_text_beyond_the_limit_is_not_sent(case):
    newest, turn = case.view("defender").messages.newest, case.turn("defender")
    with pytest.raises(CanonicalError):
        writing.write_message(newest, turn, "x" * 20_001)


def test_on_the_notes_chain_it_is_a_note():
    case = Case()
    newest = case.open_notes("m01").epoch
    assert writing.write_message(newest, case.turn("m01", "notes"), "careful").kind == "note"


def test_a_kind_stays_on_its_chain(case):
    newest, turn = case.view("m01").messages.newest, case.turn("m01")
    with pytest.raises(CanonicalError):
        writing.write_entity(newest, turn, records.BY_NAME["summary"], {})


def test_a_removal_carries_null():
    case = Case()
    newest, turn = case.view("m01").messages.newest, case.turn("m01")
    case.add_record("case", 1, writing.write_entity(newest, turn, records.CONTACT, {"by": "phone"}))
    (standing,) = case.view("m01").messages.entities().values()
    gone = replace(turn, after=case.turn("m01").after)
    case.add_record("case", 1, writing.write_entity(newest, gone, records.CONTACT, None, standing))
    assert case.view("defender").messages.entities() == {}
