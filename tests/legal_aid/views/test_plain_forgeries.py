"""A server that drops, swaps, replays or forges a message: without scripts too the page says which, and shows the rest.

The database is changed between two visits, as somebody who owns the machine would.
"""

import secrets
from datetime import UTC, datetime

import pytest

from hrdplatform.sealing import cards, lists, writing
from hrdplatform.sealing.epochs import Author
from hrdplatform.sealing.verdicts import Epoch
from hrdplatform.sealing.writing import Turn
from legal_aid.models import Card, Record, Team
from tests.legal_aid.plain_visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIRST, SECOND, THIRD = "They found out.", "They were here again.", "I am at a friend's."


@pytest.fixture
def words(team):
    """She has written three messages and closed the page."""
    visitor = Visitor()
    words = visitor.open_case(FIRST)
    visitor.confirm(words)
    for text in (SECOND, THIRD):
        visitor.send("messages/", text=text, go="send")
    return words


def messages():
    return Record.objects.filter(kind="message").order_by("number")


def put_in(sealed: bytes, record: str) -> None:
    last = messages().last()
    Record.objects.create(
        case_id=last.case_id, card_id=last.card_id, record=record, number=99, kind="message", day=last.day,
        sender="team", sealed=sealed,
    )  # fmt: skip


def drop() -> None:
    messages()[1].delete()


def swap() -> None:
    kept = messages()[1].pk
    Visitor().open_case("Something of somebody else.")
    foreign = Record.objects.filter(kind="message").exclude(case=Record.objects.get(pk=kept).case_id).get()
    Record.objects.filter(pk=kept).update(sealed=foreign.sealed)


def replay() -> None:
    put_in(messages()[0].sealed, secrets.token_hex(32))


def forge() -> None:
    row = Card.objects.get(chain="case")
    epoch = Epoch(cards.parse(bytes(row.container)), lists.parse(Team.objects.get().newest.text), b"")
    turn = Turn(Author("m01", secrets.token_bytes(32)), datetime.now(UTC), ())
    made = writing.write_message(epoch, turn, "Come to the station at nine.")
    put_in(made.sealed, made.id)


@pytest.mark.parametrize(
    ("fault", "said", "shown"),
    [
        (drop, "A message that should stand before this one is missing.", (FIRST, THIRD)),
        (swap, "This message was changed or cannot be opened.", (FIRST, THIRD)),
        (replay, "This message was sent a second time by somebody else.", (FIRST, SECOND, THIRD)),
        (forge, "This message was not written by whom it names.", (FIRST, SECOND, THIRD)),
    ],
    ids=["drops", "swaps", "replays", "forges"],
)
def test_the_page_says_what_the_server_did_and_shows_what_verifies(words, fault, said, shown):
    fault()
    text = Visitor().come_back(words).text
    assert said in text
    assert ", verified" not in text
    for told in shown:
        assert text.count(told) == 1
    assert "Come to the station" not in text
    assert "Something of somebody else" not in text


def test_without_any_of_it_the_page_says_that_all_verifies(words):
    assert "3 messages, verified" in Visitor().come_back(words).text
