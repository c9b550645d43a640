"""Cards of both chains in one letter: a note or message that its maker did not see sends it back, none is left late."""

import pytest

from hrdplatform.sealing import epochs, reading, writing
from hrdplatform.sealing.epochs import Author
from legal_aid.models import Card
from tests.factories import legal_aid

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def noted(desk: legal_aid.Desk, case: str, text: str) -> None:
    """Write a note under the newest notes epoch, or open the first."""
    view = desk.view(case)
    author = Author(desk.id, desk.keys.sig)
    if view.notes.newest is None:
        opened = epochs.open_notes(view.messages.newest, author)
        note = writing.write_message(opened.epoch, desk.turn(), text)
        letter = {"case": case, "cards": [legal_aid.card_json(opened)], "rows_seen": 0, "wraps": [], "locator": ""}
        answer = desk.post("cards/", {**letter, "records": [legal_aid.record_json(note)]})
    else:
        newest = view.notes.newest
        heads = reading.heads(view.notes.trusted(newest.number))
        note = writing.write_message(newest, desk.turn(heads), text)
        letter = {"case": case, "chain": "notes", "epoch": newest.number, "uploads": []}
        answer = desk.post("records/", {**letter, "records": [legal_aid.record_json(note)]})
    assert answer.status_code == 201, answer.content


def both_chains(desk: legal_aid.Desk, case: str) -> dict:
    """A new case epoch and the notes epoch under it, made from what the desk sees now."""
    view = desk.view(case)
    author = Author(desk.id, desk.keys.sig)
    messages, notes = (chain.trusted(chain.newest.number) for chain in (view.messages, view.notes))
    listed = desk.team.signed.newest
    first = epochs.open_epoch(view.messages.newest.signed, listed, author, heads=reading.heads(messages))
    second = epochs.open_notes(first.epoch, author, before=view.notes.newest.signed, heads=reading.heads(notes))
    cards = [legal_aid.card_json(first), legal_aid.card_json(second)]
    seen = len(messages) + len(notes)
    return {"case": case, "cards": cards, "rows_seen": seen, "wraps": [], "locator": "", "records": []}


def test_cards_of_both_chains_that_saw_everything_are_taken(defender, desk_of):
    defender.open_case()
    desk = desk_of("m01")
    noted(desk, defender.case, "first note")
    assert desk.post("cards/", both_chains(desk, defender.case)).status_code == 201
    view = desk.view(defender.case)
    assert view.sound
    assert [record.body.text for record in view.notes.records] == ["first note"]


def test_a_note_written_while_both_cards_are_made_is_not_lost_as_late(defender, desk_of):
    defender.open_case()
    desk = desk_of("m01")
    noted(desk, defender.case, "first note")
    letter = both_chains(desk, defender.case)
    noted(desk_of("m02"), defender.case, "meanwhile")
    answer = desk.post("cards/", letter)
    assert (answer.status_code, answer.json()["error"]) == (409, "rows")
    assert Card.objects.filter(chain="notes").count() == 1
    assert desk.post("cards/", both_chains(desk, defender.case)).status_code == 201
    view = desk.view(defender.case)
    assert view.sound
    assert len(view.notes.records) == 2


def test_a_message_written_while_both_cards_are_made_is_not_lost_as_late(defender, desk_of):
    defender.open_case()
    desk = desk_of("m01")
    noted(desk, defender.case, "first note")
    letter = both_chains(desk, defender.case)
    defender.write("meanwhile")
    answer = desk.post("cards/", letter)
    assert (answer.status_code, answer.json()["error"]) == (409, "rows")
    assert defender.view().sound
