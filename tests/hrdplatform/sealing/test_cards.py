"""Cards: exactly the published bytes, and the fields that their chain allows."""

from dataclasses import replace
from hashlib import sha256

import pytest

from hrdplatform.sealing import canonical, cards, records
from hrdplatform.sealing.canonical import CanonicalError
from tests.factories.sealed_case import Case, seed
from tests.hrdplatform.sealing.vectors import VECTORS

VECTOR = VECTORS["card"]
SIG = bytes.fromhex(VECTORS["receipts"][0]["sig"])


def test_the_published_card():
    raw = records.build(records.CARD, VECTOR["body"].encode(), SIG)
    assert (len(raw), sha256(raw).hexdigest()) == (VECTOR["container_length"], VECTOR["container_sha256"])
    signed = cards.parse(raw)
    assert (signed.id, signed.case, signed.container.signature.hex()) == (
        VECTOR["id"],
        VECTOR["case"],
        VECTOR["signature"],
    )
    assert cards.build(signed.card, SIG) == raw


@pytest.fixture(scope="module")
def case():
    case = Case()
    case.reopen("m01")
    case.open_notes("m01")
    return case


def card_of(case: Case, place: int) -> cards.Card:
    return cards.parse(case.cards[place].container).card


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        (0, {"case": "a" * 32}),
        (0, {"prev": "a" * 64}),
        (0, {"base": "a" * 64}),
        (0, {"heads": ("a" * 64,)}),
        (0, {"receipt": None}),
        (0, {"epoch": 2}),
        (1, {"case": ""}),
        (1, {"prev": "0" * 64}),
        (1, {"base": "a" * 64}),
        (1, {"receipt": None}),
        (1, {"epoch": 1}),
        (1, {"epoch": 100_000_000}),
        (2, {"base": "0" * 64}),
        (2, {"arrival": "server"}),
        (2, {"author": "defender"}),
        (2, {"case": ""}),
        (2, {"prev": "a" * 64}),
    ],
)
def test_fields_that_their_chain_does_not_allow(case, place, changes):
    card = card_of(case, place)
    cards.build(card, seed("author"))
    with pytest.raises(CanonicalError):
        cards.build(replace(card, **changes), seed("author"))


@pytest.mark.parametrize("key", sorted(cards.KEYS))
def test_no_field_is_missing_and_none_is_added(key):
    whole = canonical.parse(VECTOR["body"].encode())
    less = {name: whole[name] for name in whole if name != key}
    for body in (less, less | {key: [[]]}, whole | {"more": 1}):
        with pytest.raises(CanonicalError):
            cards.parse(records.build(records.CARD, canonical.emit(body), SIG))


def test_a_message_is_no_card():
    with pytest.raises(CanonicalError):
        cards.parse(records.build(records.MESSAGE, VECTOR["body"].encode(), SIG))
