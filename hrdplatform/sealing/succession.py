"""Whether a card may open its epoch: the rules that readers and the server apply alike, each with its own refusal.

The part of *verify case* that needs no private key (sealing.md 5). A first card of a case carries its own receipt key;
each later one is signed by the defender, or by a reader of the card before who is still on the new card's list.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hrdplatform.sealing import pins
from hrdplatform.sealing.cards import DEFENDER, Card, SignedCard
from hrdplatform.sealing.ed25519 import SignatureError
from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.fields import NO_HASH
from hrdplatform.sealing.lists import MemberList
from hrdplatform.sealing.pins import ListMissingError
from hrdplatform.sealing.verdicts import Failure


class CardRefusedError(SealingError):
    """A card that may not open its epoch; `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


@dataclass(frozen=True)
class Standing:
    """What stands before a card: the case, the card before with its list, and for notes the base and the one before
    it.
    """

    case: str
    chain: str
    epoch: int
    before: SignedCard | None = None
    listed_before: MemberList | None = None
    base: SignedCard | None = None
    base_before: SignedCard | None = None


def judge(signed: SignedCard, listed: MemberList, standing: Standing, lists: Mapping[str, MemberList]) -> bytes:
    """Return the 32-byte key that signed the card, if it may open its epoch under `listed`, the list it names.

    `lists` are parsed lists by hash. Raises `CardRefusedError`.
    """
    card = signed.card
    _judge_place(signed, standing)
    _judge_list(card, listed, standing, lists)
    if standing.chain == "notes":
        _judge_base(card, standing)
    key = _author_key(signed, listed, standing)
    try:
        signed.container.verify(key)
    except SignatureError as error:
        raise CardRefusedError(Failure.CARD_SIGNATURE) from error
    _judge_readers(card, listed)
    _judge_change(card, standing.before)
    return key


def _judge_place(signed: SignedCard, standing: Standing) -> None:
    card, before = signed.card, standing.before
    prev = NO_HASH if before is None else before.id
    if (signed.case, card.chain, card.epoch, card.prev) != (standing.case, standing.chain, standing.epoch, prev):
        raise CardRefusedError(Failure.CARD_MISPLACED)


def _judge_list(card: Card, listed: MemberList, standing: Standing, lists: Mapping[str, MemberList]) -> None:
    if (card.list, card.list_seq, card.root, card.team) != (listed.hash, listed.seq, listed.root, listed.team):
        raise CardRefusedError(Failure.LIST_DIFFERS)
    if standing.listed_before is None:
        return
    try:
        follows = pins.descends(listed, standing.listed_before, lists)
    except ListMissingError as error:
        raise CardRefusedError(Failure.LIST_ABSENT) from error
    if not follows:
        raise CardRefusedError(Failure.LIST_NOT_DESCENDED)


def _judge_base(card: Card, standing: Standing) -> None:
    base, base_before = standing.base, standing.base_before
    if base is None or base.id != card.base:
        raise CardRefusedError(Failure.BASE)
    if (card.readers, card.list) != (base.card.readers, base.card.list):
        raise CardRefusedError(Failure.BASE)
    if base_before is not None and base.card.epoch < base_before.card.epoch:
        raise CardRefusedError(Failure.BASE)


def _author_key(signed: SignedCard, listed: MemberList, standing: Standing) -> bytes:
    card = signed.card
    if card.author == DEFENDER:
        receipt = (standing.before or signed).card.receipt
        if receipt is None:
            raise CardRefusedError(Failure.CARD_AUTHOR)
        return receipt.sig
    readers_before = standing.base if standing.chain == "notes" else standing.before
    member = listed.member(card.author)
    if readers_before is None or card.author not in readers_before.card.readers or member is None:
        raise CardRefusedError(Failure.CARD_AUTHOR)
    return member.sig


def _judge_readers(card: Card, listed: MemberList) -> None:
    if any(listed.member(reader) is None for reader in card.readers):
        raise CardRefusedError(Failure.READER_UNLISTED)
    if not set(card.readers).isdisjoint(card.barred):
        raise CardRefusedError(Failure.READER_BARRED)


def _judge_change(card: Card, before: SignedCard | None) -> None:
    if before is None:
        return
    if card.author == DEFENDER and not set(before.card.barred) <= set(card.barred):
        raise CardRefusedError(Failure.BARRED_SHORTENED)
    if card.author != DEFENDER and card.receipt != before.card.receipt:
        raise CardRefusedError(Failure.RECEIPT_CHANGED)
