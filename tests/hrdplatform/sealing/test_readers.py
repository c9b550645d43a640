"""Who reads: never widened silently, never a barred member, always the recovery key."""

from dataclasses import replace

import pytest

from hrdplatform.sealing import readers
from tests.factories.sealed_case import Case, Team


@pytest.fixture
def card():
    return Case().view("m01").messages.newest.signed.card


def test_a_new_case_is_read_by_the_intake_and_the_recovery_key():
    assert readers.of_new_case(Team().newest) == ("m01", "m02", "m03")


def test_nobody_reads_new_cases():
    team = Team()
    with pytest.raises(readers.NoReadersError):
        readers.of_new_case(team.next(members=team.members("m03", "m04")))


def test_who_read_before_reads_on(card):
    assert readers.of_new_epoch(Team().newest, replace(card, readers=("m02", "m03"))) == ("m02", "m03")


def test_a_leaver_does_not_and_nobody_takes_the_place(card):
    team = Team()
    assert readers.of_new_epoch(team.next(members=team.members("m01", "m03", "m04")), card) == ("m01", "m03")


def test_the_intake_takes_over_a_case_that_nobody_reads_any_more(card):
    assert readers.of_new_epoch(Team().newest, replace(card, readers=("m03", "m99"))) == ("m01", "m02", "m03")


def test_a_barred_member_does_not_come_back_by_the_intake(card):
    alone = replace(card, readers=("m03",), barred=("m01", "m04"))
    assert readers.of_new_epoch(Team().newest, alone) == ("m02", "m03")


def test_a_barred_recovery_member_is_left_out(card):
    assert readers.of_new_epoch(Team().newest, replace(card, barred=("m03",))) == ("m01", "m02")


def test_whoever_is_barred_now_reads_no_more(card):
    assert readers.of_new_epoch(Team().newest, card, frozenset({"m02"})) == ("m01", "m03")


def test_an_epoch_is_needed_when_a_reader_left_or_has_new_keys(card):
    team = Team()
    old = team.newest
    grown = team.next(partners=())
    assert not readers.outdated(card, old, grown)
    fresh = (team.member("m01", "'"), *team.members("m02", "m03", "m04"))
    assert readers.outdated(card, old, team.next(members=fresh))
    assert readers.outdated(card, old, team.next(members=team.members("m01", "m03")))
