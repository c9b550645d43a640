"""Descent of lists: from one that was believed to the newest, step by step. Refusals also: `test_negative_cards`."""

from dataclasses import replace

import pytest

from hrdplatform.sealing import ed25519, lists, pins
from tests.factories.sealed_case import TODAY, Team, seed


def known(team: Team) -> dict[str, lists.MemberList]:
    return {hash_: lists.parse(text) for hash_, text in team.texts.items()}


def line(count: int = 4) -> tuple[Team, list[lists.MemberList]]:
    team = Team()
    return team, [team.newest, *(team.next(roster=f"{number:064}") for number in range(1, count))]


def test_the_pinned_list_itself_is_believed():
    _, (first, *_) = line()
    pins.verify(first, pins.pin(first), {})


def test_every_later_list_is_believed():
    team, made = line()
    for older, newer in ((0, 1), (0, 3), (1, 3)):
        pins.verify(made[newer], pins.pin(made[older]), known(team))


def test_without_a_pin_the_first_contact_trusts_the_server():
    pins.verify(Team("false").newest, None, {})


def test_a_list_between_is_withheld():
    team, made = line()
    lists_served = known(team)
    del lists_served[made[1].hash]
    with pytest.raises(pins.ListMissingError):
        pins.verify(made[3], pins.pin(made[0]), lists_served)


def test_a_list_of_another_team():
    team, (first, *_) = line()
    other = team.signed(replace(first, team="f" * 32, seq=2, prev=first.hash))
    with pytest.raises(pins.NotDescendedError):
        pins.verify(other, pins.pin(first), known(team))


def test_a_step_that_skips_a_number():
    team, (first, *_) = line()
    jump = team.signed(replace(first, seq=3, prev=first.hash))
    with pytest.raises(pins.NotDescendedError):
        pins.verify(jump, pins.pin(first), known(team))


def test_a_fork_behind_the_pin():
    team, made = line(2)
    fork = team.signed(replace(made[1], roster="f" * 64))
    later = team.signed(replace(made[1], seq=3, prev=fork.hash))
    with pytest.raises(pins.NotDescendedError):
        pins.verify(later, pins.pin(made[1]), known(team))


def succeeded(announced: bytes, heir: bytes) -> tuple[Team, lists.MemberList, lists.MemberList]:
    team = Team()
    first = team.newest
    telling = team.next(next_root=lists.root_hash(ed25519.public_key(announced)))
    fresh = replace(telling, root=ed25519.public_key(heir), prev=telling.hash, seq=3, next_root="")
    return team, first, team.signed(fresh, heir)


def test_a_root_that_was_announced_succeeds():
    team, first, newest = succeeded(seed("heir"), seed("heir"))
    pins.verify(newest, pins.pin(first), known(team))


def test_a_root_that_was_not_announced_does_not():
    team, first, newest = succeeded(seed("heir"), seed("usurper"))
    with pytest.raises(pins.NotDescendedError):
        pins.verify(newest, pins.pin(first), known(team))


def test_related_is_either_way_and_no_other():
    team, made = line()
    fork = team.signed(replace(made[1], roster="f" * 64))
    assert pins.related(made[0], made[3], known(team))
    assert pins.related(made[3], made[0], known(team))
    assert not pins.related(fork, made[3], known(team))


@pytest.mark.parametrize("days", [-1, 0, 62])
def test_the_days_of_a_list(days):
    listed = Team().newest
    today = listed.issued + (TODAY - listed.issued) * days
    pins.verify_for_writing(listed, today=today, demo_allowed=False)
