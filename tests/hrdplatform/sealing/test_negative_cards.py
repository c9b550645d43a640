"""The negative tests of sealing.md 9 about cards, wraps and lists: 1 to 11, 24 and 26 to 28, each refused or flagged.

Records, encodings and files: `test_negative_records`. Elsewhere: 23 (worker script blocked) in `tests/walks`; with the
server, in `tests/legal_aid`: 25 (erased wraps in no file), 29 and 30 (a card and a message, a write and an erasure in
flight together).
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from hrdplatform.sealing import cards, epochs, pins, readers, wraps, xwing
from hrdplatform.sealing.epochs import Author, Change
from hrdplatform.sealing.stored import ChainPin, Defender, StoredCard
from tests.factories.sealed_case import PEOPLE, TODAY, Case, Team, failures, seed

STAYING = tuple(one for one in PEOPLE if one != "m02")


def reopened(case: Case, sig_seed: bytes, **changes: object) -> None:
    """Add an epoch as somebody would who keeps no rule: any field changed, signed by any key."""
    newest = case.view("m01").messages.newest
    made = epochs.open_epoch(newest.signed, case.team.newest, case.author("m01"), heads=())
    forged = cards.build(replace(made.epoch.signed.card, **changes), sig_seed)
    case.add(made)
    case.cards[-1] = StoredCard("case", made.epoch.number, forged)


@pytest.mark.parametrize("author", ["defender", "m01"])
def test_01_an_epoch_made_by_the_server_with_its_own_key(author):
    case = Case()
    reopened(case, seed("the server"), author=author)
    assert "card_signature" in failures(case.view("defender")) & failures(case.view("m01"))
    assert not case.view("defender").messages.may_write


def test_02_a_wrap_holding_another_key():
    case = Case()
    epoch = case.view("m01").messages.newest
    false = wraps.Wrap(case.id, "case", 1, epoch.signed.id, seed("the server"))
    case.wraps["case", 1, "receipt"] = wraps.seal(false, xwing.public_key(case.defender.kem_seed))
    assert failures(case.view("defender")) == {"wrap_key"}


@pytest.mark.parametrize("place", [{"case": "0" * 32}, {"chain": "notes"}, {"epoch": 2}, {"card": "0" * 64}])
def test_03_a_wrap_of_another_case_chain_epoch_or_card(place):
    case = Case()
    epoch = case.view("m01").messages.newest
    moved = replace(wraps.Wrap(case.id, "case", 1, epoch.signed.id, epoch.seed), **place)
    case.wraps["case", 1, "m02"] = wraps.seal(moved, case.team.member("m02").kem)
    assert failures(case.view("m02")) == {"wrap_misplaced"}


def test_03_a_wrap_of_another_reader():
    case = Case()
    case.wraps["case", 1, "m02"] = case.wraps["case", 1, "m01"]
    assert failures(case.view("m02")) == {"wrap_unopened"}


def test_04_a_card_author_who_did_not_read_before():
    case = Case()
    reopened(case, case.team.keys("m04").sig, author="m04")
    assert failures(case.view("m01")) == {"card_author"}


def test_05_a_leaver_who_reopens_with_an_old_list():
    case = Case()
    old = case.team.newest
    case.team.next(members=case.team.members(*STAYING))
    newest = case.reopen("m01").epoch
    leaver = Author("m02", case.team.keys("m02").sig)
    case.add(epochs.open_epoch(newest.signed, old, leaver, heads=()))
    assert failures(case.view("m01")) == failures(case.view("defender")) == {"list_not_descended"}


def test_06_receipt_keys_changed_by_staff():
    case = Case()
    thief = epochs.receipt_keys(Defender(seed("thief kem"), seed("thief sig")))
    reopened(case, case.team.keys("m01").sig, receipt=thief)
    assert "receipt_changed" in failures(case.view("defender")) & failures(case.view("m01"))


def test_07_a_reader_who_is_not_on_the_list():
    case = Case()
    reopened(case, case.team.keys("m01").sig, readers=("m01", "m99"))
    assert "reader_unlisted" in failures(case.view("defender"))


def test_08_the_list_of_a_false_root_given_to_the_defender_stops_the_case_worker():
    true, false = Team(), Team("false")
    false.newest = false.signed(replace(false.newest, team=true.newest.team, members=true.newest.members))
    case = Case(team=false)
    false.texts |= true.texts
    assert case.view("defender").sound
    seen = case.view("m01", pinned=pins.pin(true.newest))
    assert (failures(seen), seen.messages.epochs) == ({"list_false"}, ())


def test_09_a_lower_sequence_number():
    team = Team()
    old, new = team.newest, team.next()
    with pytest.raises(pins.LowerSequenceError):
        pins.verify(old, pins.pin(new), {})


def test_09_a_card_under_an_older_list_than_the_pinned_one():
    case = Case()
    card = case.view("m01").messages.newest.signed.id
    seen = case.view("m01", chain_pins={"case": ChainPin(1, card, 2)})
    assert failures(seen) == {"pin_older_list"}


def test_09_the_pinned_card_is_gone():
    case = Case()
    case.reopen("m01")
    pinned = ChainPin(2, case.view("m01").messages.newest.signed.id, 1)
    del case.cards[-1]
    assert failures(case.view("m01", chain_pins={"case": pinned})) == {"pin_absent"}


def test_10_the_same_sequence_number_with_other_bytes():
    team = Team()
    with pytest.raises(pins.SameSequenceError):
        pins.verify(team.signed(replace(team.newest, roster="1" * 64)), pins.pin(team.newest), {})


@pytest.mark.parametrize("days", [-365, -2, 63, 365])
def test_11_an_expired_list_and_a_clock_set_back(days):
    listed = Team().newest
    with pytest.raises(pins.ListExpiredError):
        pins.verify_for_writing(listed, today=listed.issued + timedelta(days=days), demo_allowed=False)


def test_11_a_list_made_for_longer_than_62_days():
    listed = Team().newest
    long = replace(listed, expires=listed.expires + timedelta(days=1))
    with pytest.raises(pins.ListExpiredError):
        pins.verify_for_writing(long, today=TODAY, demo_allowed=False)


def test_24_a_demo_list_off_loopback():
    listed = replace(Team().newest, demo=True)
    pins.verify_for_writing(listed, today=TODAY, demo_allowed=True)
    with pytest.raises(pins.DemoListError):
        pins.verify_for_writing(listed, today=TODAY, demo_allowed=False)


def test_26_a_later_card_with_a_list_that_does_not_descend_from_the_earlier_ones():
    case, fork = Case(), Team()
    case.team.next(roster="1" * 64)
    case.reopen("m01")
    fork.next(roster="2" * 64)
    fork.next()
    case.team.texts |= fork.texts
    case.team.newest = fork.newest
    case.reopen("defender")
    assert failures(case.view("defender")) == {"list_not_descended"}


def test_27_a_wholly_false_case_opened_for_the_defenders_words():
    true = Case()
    server = Case(team=true.team, defender=Defender(seed("server kem"), seed("server sig")))
    hers = epochs.receipt_keys(true.defender)
    server.reopen("defender", Change(receipt=hers))
    server.defender = true.defender
    seen = server.view("defender")
    assert (failures(seen), seen.messages.epochs) == ({"never_signed_by_you"}, ())


def test_27_another_case_than_that_of_her_words():
    case = Case()
    case.defender = Defender(seed("other kem"), seed("other sig"))
    assert failures(case.view("defender")) == {"receipt_not_yours"}


def test_28_a_barred_member_does_not_come_back_by_intake():
    case = Case()
    barred = case.reopen("m01", Change(reading=("m01", "m03"), barred=("m02",))).epoch.signed.card
    without_m01 = case.team.next(members=case.team.members("m02", "m03", "m04"))
    with pytest.raises(readers.NoReadersError):
        readers.of_new_epoch(without_m01, barred)


def test_28_a_barred_member_named_as_reader():
    case = Case()
    reopened(case, case.team.keys("m01").sig, readers=("m01", "m02"), barred=("m02",))
    assert "reader_barred" in failures(case.view("defender"))


def test_28_a_bar_lifted_by_the_defenders_key():
    case = Case()
    case.reopen("m01", Change(reading=("m01", "m03"), barred=("m02",)))
    case.reopen("defender", Change(barred=()))
    assert failures(case.view("m01")) == {"barred_shortened"}


def test_a_list_is_withheld():
    case = Case()
    case.team.next(roster="1" * 64)
    case.team.next(roster="2" * 64)
    case.reopen("m01")
    del case.team.texts[case.team.newest.prev]
    assert "list_absent" in failures(case.view("defender"))
