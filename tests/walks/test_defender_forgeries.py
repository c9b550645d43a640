"""A server that drops, swaps, replays or forges a message: the defender's page says which, and shows what does verify.

The database is changed between two visits, as somebody who owns the machine would.
"""

import secrets
from datetime import UTC, datetime

import pytest
from django.test import Client
from playwright.sync_api import expect

from hrdplatform.sealing import cards, epochs, lists, reading, writing
from hrdplatform.sealing.epochs import Author, Change
from hrdplatform.sealing.verdicts import Epoch
from hrdplatform.sealing.writing import Turn
from legal_aid.domain.sealed_rows import NewCard, card_row, wrap_rows
from legal_aid.models import Card, Case, KeyWrap, Record, Team
from tests.factories import legal_aid
from tests.walks.defender import SEALING, Defender

pytestmark = [pytest.mark.walk, pytest.mark.database]
FIRST, SECOND, THIRD = "They found out.", "They were here again.", "I am at a friend's."


@pytest.fixture
def team(site):
    return legal_aid.team()


@pytest.fixture
def defender(visitors, team):
    """She has written three messages and closed the page."""
    her = Defender(visitors(language="en"))
    her.writes_a_request(FIRST)
    her.returns()
    for text in (SECOND, THIRD):
        her.writes_again(text)
    return her


def messages():
    return Record.objects.filter(kind="message").order_by("number")


def is_warned(defender: Defender, words: str) -> None:
    defender.returns()
    expect(defender.page.locator("#verdict.notice")).to_contain_text(words, timeout=SEALING)


def epoch_of_the_case() -> Epoch:
    """What the server knows of the open epoch: its card, and so the key to seal to."""
    row = Card.objects.get()
    signed = cards.parse(bytes(row.container))
    return Epoch(signed, lists.parse(Team.objects.get().newest.text), b"")


def put_in(record: writing.NewRecord) -> None:
    last = messages().last()
    Record.objects.create(
        case_id=last.case_id, card_id=last.card_id, record=record.id, number=99, kind=record.kind, day=last.day,
        sender="team", sealed=record.sealed,
    )  # fmt: skip


def test_a_message_dropped_from_the_middle_is_missed(defender):
    messages()[1].delete()
    is_warned(defender, "A message is missing that another one answers.")
    defender.reads(FIRST, THIRD)


def test_a_message_delivered_twice_is_shown_once(defender):
    first = messages()[0]
    Record.objects.create(
        case_id=first.case_id, card_id=first.card_id, record=secrets.token_hex(32), number=98, kind="message",
        day=first.day, sender="defender", sealed=first.sealed,
    )  # fmt: skip
    is_warned(defender, "A message was delivered twice. It is shown once.")


def test_a_message_of_another_case_is_not_read(defender, visitors):
    other = Defender(visitors(language="en"))
    other.writes_a_request("Something of somebody else.")
    foreign = Record.objects.exclude(case=messages()[0].case_id).get(kind="message")
    second = messages().filter(case_id=Case.objects.exclude(pk=foreign.case_id).get().pk)[1]
    second.sealed = foreign.sealed
    second.save()
    is_warned(defender, "A message cannot be opened: it was changed or swapped.")
    expect(defender.page.locator("#thread")).not_to_contain_text("Something of somebody else.")


def test_a_message_in_the_name_of_the_team_with_another_key_is_named(defender):
    turn = Turn(Author("m01", secrets.token_bytes(32)), datetime.now(UTC), ())
    put_in(writing.write_message(epoch_of_the_case(), turn, "Come to the station at nine."))
    is_warned(defender, "A message is not signed by the one it names.")
    expect(defender.page.locator("#thread")).not_to_contain_text("Come to the station at nine.")


def test_27_a_wholly_false_case_opened_for_her_words_is_not_hers(defender, team):
    """The server knows her public receipt keys and her locator: it can seal to her, but not sign for her."""
    true, hers = Case.objects.get(), epoch_of_the_case().signed.card.receipt
    server = legal_aid.Browser(Client(), team)
    server.open_case("We cannot help you. Go home.")
    seen = server.view().messages
    heads, change = reading.heads(seen.trusted(1)), Change(receipt=hers)
    author = Author("defender", server.keys.sig_seed)
    made = epochs.open_epoch(seen.newest.signed, team.signed.newest, author, heads=heads, change=change)
    card = NewCard("case", 2, made.container, made.wraps)
    Card.objects.bulk_create(
        [card_row(card, id_=made.epoch.signed.id, case_id=server.case, list_hash=team.row.newest_id)]
    )
    KeyWrap.objects.bulk_create(wrap_rows(made.epoch.signed.id, made.wraps))
    locator, true.locator = true.locator, secrets.token_hex(32)
    true.save()
    Case.objects.filter(pk=server.case).update(locator=locator, newest_id=made.epoch.signed.id)
    is_warned(defender, "Nothing in this case was signed with your words")
    expect(defender.page.locator("#thread")).not_to_contain_text("Go home.")
    expect(defender.page.locator("#write-form")).to_be_hidden()
