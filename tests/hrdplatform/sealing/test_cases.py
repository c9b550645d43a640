"""A case as its viewers see it when everybody keeps the rules."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing import cases, epochs, reading, records, writing
from hrdplatform.sealing.epochs import Author, Change
from hrdplatform.sealing.stored import Defender, StoredCard, StoredRecord, StoredWrap
from tests.factories.sealed_case import AT, Case, failures, seed, texts


def test_a_request_and_its_answer_are_read_by_both_sides():
    case = Case()
    case.write("defender", "help")
    case.write("m01", "we are here")
    assert case.view("defender").sound
    assert texts(case.view("defender")) == texts(case.view("m01")) == ["help", "we are here"]


def test_a_note_is_the_teams_alone():
    case = Case()
    case.open_notes("m01")
    case.write("m01", "careful", chain="notes")
    assert texts(case.view("m02"), "notes") == ["careful"]
    assert case.view("defender").notes.epochs == ()
    assert case.view("m02").sound


def test_a_new_reader_without_old_wraps_sees_the_new_epoch_only():
    case = Case()
    case.write("defender", "before")
    case.reopen("m01", Change(reading=("m01", "m03", "m04")))
    case.write("defender", "after")
    seen = case.view("m04")
    assert (texts(seen), seen.sound) == (["after"], True)
    assert [epoch.seed is None for epoch in seen.messages.epochs] == [True, False]


def test_a_granted_wrap_opens_the_old_epoch():
    case = Case()
    case.write("defender", "before")
    case.reopen("m01", Change(reading=("m01", "m03", "m04")))
    for old in epochs.grant(case.view("m01").messages, case.team.member("m04"), [1]):
        case.wraps[old.chain, old.epoch, old.reader] = old.sealed
    seen = case.view("m04")
    assert (texts(seen), seen.sound) == (["before"], True)


def test_a_replaced_receipt_opens_everything_that_the_old_one_did():
    case = Case()
    case.write("defender", "one")
    case.write("m01", "two")
    view, new = case.view("defender"), Defender(seed("new kem"), seed("new sig"))
    made = epochs.replace_receipt(
        view.messages, case.team.newest, case.author("defender"), new, heads=case.turn("defender").after
    )
    case.add(made.first)
    case.add(made.second)
    for old in made.wraps:
        case.wraps[old.chain, old.epoch, old.reader] = old.sealed
    assert failures(case.view("defender")) == {"receipt_not_yours", "record_homeless"}
    case.defender = new
    case.write("defender", "three")
    assert texts(case.view("defender")) == texts(case.view("m01")) == ["one", "two", "three"]
    assert case.view("m01").sound
    assert case.view("defender").sound


def test_the_defender_believes_the_list_of_her_newest_own_card():
    case = Case()
    own = case.view("defender").messages.newest.listed
    case.team.next()
    case.reopen("m01")
    assert cases.defender_pin(case.view("defender"), case.defender).hash == own.hash


def test_a_member_with_new_keys_still_opens_what_was_wrapped_to_the_old_ones():
    case = Case()
    case.write("defender", "help")
    old = case.viewer("m01")
    fresh = replace(old, kem_seeds=(case.team.keys("m01", "'").kem, *old.kem_seeds))
    assert texts(cases.verify(case.stored("m01"), fresh)) == ["help"]


def test_messages_are_shown_by_after_then_by_their_clock_then_by_id():
    case = Case()
    newest = case.view("defender").messages.newest
    turn = replace(case.turn("defender"), at=AT + timedelta(hours=1))
    late_clock = case.add_record("case", 1, writing.write_message(newest, turn, "first, clock ahead"))
    other = writing.write_message(newest, replace(turn, at=AT + timedelta(hours=2)), "beside it")
    case.add_record("case", 1, other)
    follows = replace(turn, at=AT, after=(late_clock.id,))
    case.add_record("case", 1, writing.write_message(newest, follows, "second, clock behind"))
    assert texts(case.view("defender")) == ["first, clock ahead", "second, clock behind", "beside it"]


def test_notes_reopened_by_somebody_who_never_read_them_do_not_make_them_late():
    case = Case()
    case.open_notes("m01")
    case.write("m01", "old note", chain="notes")
    case.reopen("m01", Change(reading=("m01", "m03", "m04")))
    case.open_notes("m04")
    case.write("m04", "new note", chain="notes")
    seen = case.view("m01")
    assert (texts(seen, "notes"), seen.sound) == (["old note", "new note"], True)


def reopened_without_heads(case: Case, generation: str) -> None:
    """m02 opens the notes under the newest case card and names no record of those before."""
    seen = case.view("m01")
    author = Author("m02", case.team.keys("m02", generation).sig)
    case.add(epochs.open_notes(seen.messages.newest, author, before=seen.notes.newest.signed))


def test_notes_reopened_with_keys_made_anew_do_not_make_them_late():
    """What was sealed to the keys of before is closed to her, so she cannot name it."""
    case = Case()
    case.open_notes("m01")
    case.write("m01", "old note", chain="notes")
    case.team.next(members=(*case.team.members("m01"), case.team.member("m02", "'"), *case.team.members("m03", "m04")))
    case.reopen("m01")
    reopened_without_heads(case, "'")
    seen = case.view("m01")
    assert (texts(seen, "notes"), seen.sound) == (["old note"], True)


def test_notes_reopened_without_heads_by_somebody_who_read_them_are_late():
    case = Case()
    case.open_notes("m01")
    case.write("m01", "old note", chain="notes")
    case.reopen("m01")
    reopened_without_heads(case, "")
    assert failures(case.view("m01")) == {"record_late"}


def test_a_case_opened_on_the_plain_path_carries_its_mark():
    case = Case(arrival="server")
    case.add_record("case", 1, writing.write_opened(case.view("defender").messages.newest, case.turn("defender")))
    assert case.view("m01").messages.epochs[0].signed.card.arrival == "server"
    assert [record.kind for record in case.view("m01").messages.records] == ["opened"]


def test_two_changes_of_a_contact_stand_side_by_side_until_a_third_replaces_both():
    case = Case()
    newest = case.view("defender").messages.newest

    def contact(data, *replacing):
        turn = case.turn("defender")
        record = writing.write_entity(newest, turn, records.CONTACT, {"channel": data}, replacing)
        case.add_record("case", 1, record)
        return next(iter(case.view("m01").messages.entities().values()))

    (first,) = contact("phone")
    contact("letter", first)
    both = contact("Signal", first)
    assert {version.body.data["channel"] for version in both} == {"letter", "Signal"}
    (last,) = contact("nobody", *both)
    assert last.body.data == {"channel": "nobody"}


def test_who_may_write_is_who_reads_the_newest_epoch():
    case = Case()
    assert case.view("m01").messages.may_write
    case.reopen("m01", Change(reading=("m02", "m03"), barred=("m01",)))
    assert not case.view("m01").messages.may_write
    assert failures(case.view("m01")) == {"wrap_absent"}


@cache
def whole() -> Case:
    """A case with two epochs, notes, and a record of each kind that a page shows; tests tamper with what it hands
    out."""
    case = Case()
    case.write("defender", "help")
    case.reopen("m01")
    case.write("m01", "we are here")
    case.open_notes("m01")
    case.write("m01", "careful", chain="notes")
    return case


def flipped(raw: bytes, place: int) -> bytes:
    place %= len(raw)
    return raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]


@given(st.sampled_from(["cards", "wraps", "records"]), st.integers(0, 9), st.integers(0, 2**20))
def test_a_single_flipped_bit_anywhere_is_shown(part, row, place):
    stored = whole().stored("m01")
    rows = list(getattr(stored, part))
    row %= len(rows)
    name = "container" if part == "cards" else "sealed"
    rows[row] = replace(rows[row], **{name: flipped(getattr(rows[row], name), place)})
    assert not cases.verify(replace(stored, **{part: tuple(rows)}), whole().viewer("m01")).sound


@given(st.sampled_from(["cards", "wraps", "records"]), st.integers(0, 9))
def test_a_row_left_out_is_shown_unless_it_is_the_newest_of_its_kind(part, row):
    stored = whole().stored("defender")
    rows = list(getattr(stored, part))
    row %= len(rows)
    newest = row == len(rows) - 1
    del rows[row]
    seen = cases.verify(replace(stored, **{part: tuple(rows)}), whole().defender)
    assert seen.sound == (newest and part == "records")


@given(st.binary(max_size=200), st.sampled_from(["case", "notes", ""]), st.integers(-1, 3))
def test_whatever_a_server_hands_out_nothing_is_raised(raw, chain, epoch):
    stored = whole().stored("m01")
    more = replace(
        stored,
        cards=(*stored.cards, StoredCard(chain, epoch, raw)),
        wraps=(*stored.wraps, StoredWrap(chain, epoch, raw)),
        records=(*stored.records, StoredRecord("f" * 32, chain, epoch, "message", raw)),
        lists=stored.lists | {"f" * 64: raw.decode("latin-1")},
    )
    for viewer in (whole().viewer("m01"), whole().defender):
        cases.verify(more, viewer)


def test_heads_are_what_no_other_names():
    case = Case()
    first, second = case.write("defender", "one"), case.write("m01", "two")
    seen = case.view("m01").messages
    assert reading.heads(seen.trusted(1)) == (second.id,)
    assert seen.records[1].body.place.after == (first.id,)
