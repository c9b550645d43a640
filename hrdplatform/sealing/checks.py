"""What the server checks of incoming cards, wraps and records, though it can open none of them.

Clients trust none of it (they verify for themselves); it keeps honest mistakes, and whoever holds a session but no
keys, from filling a case with what nobody can read. Order of answers, idempotency and locks are `legal_aid`'s.
sealing.md 5.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrdplatform.sealing import cards, pins, records, succession, wraps
from hrdplatform.sealing.age import sealed
from hrdplatform.sealing.cards import DEFENDER, SignedCard
from hrdplatform.sealing.epochs import RECEIPT
from hrdplatform.sealing.errors import MalformedError, SealingError
from hrdplatform.sealing.lists import MemberList
from hrdplatform.sealing.succession import Standing


class StaleListError(SealingError):
    """The card does not stand under the team's newest list: the client fetches it and makes the card anew."""


class SenderError(SealingError):
    """The sender and the author of a card, or the kind of a record, do not go together."""


class WrapsError(SealingError):
    """The wraps are not exactly those that must be there."""


def check_record(blob: bytes) -> None:
    """Return nothing if `blob` can be a sealed record: one of five sizes, one stanza. Raises `MalformedError`."""
    if len(blob) not in records.SEALED_SIZES:
        raise MalformedError(f"a sealed record of {len(blob)} octets")
    sealed.check_outside(blob)


def check_label(kind: str, chain: str, sender: str) -> None:
    """Return nothing if `sender` (`defender` or a member id) may say that a record on `chain` is of `kind`.

    The label is an unsigned copy; the signed kind is inside. Raises `SenderError`.
    """
    found = records.BY_NAME.get(kind)
    if found is None or found is records.CARD or chain not in found.chains:
        raise SenderError(f"no record of kind {kind!r} on the chain {chain!r}")
    if sender == DEFENDER and not found.by_defender:
        raise SenderError(f"a {kind} by the defender")
    if sender != DEFENDER and found is records.OPENED:
        raise SenderError("an opened mark by a member")


def check_wrap(blob: bytes, chain: str) -> None:
    """Return nothing if `blob` can be a sealed wrap of `chain`: its exact size, one stanza. Raises `MalformedError`."""
    if len(blob) != wraps.SEALED_SIZES[chain == "notes"]:
        raise MalformedError(f"a sealed wrap of {len(blob)} octets")
    sealed.check_outside(blob)


@dataclass(frozen=True)
class Circumstances:
    """What a card is checked against: the team's `newest` list, its lists by hash (at least those from the list of the
    card before to the newest), the day in UTC, and whether demonstration lists may be written under.
    """

    newest: MemberList
    lists: Mapping[str, MemberList]
    today: date
    demo_allowed: bool


def check_card(
    signed: SignedCard,
    card_wraps: Mapping[str, bytes],
    *,
    sender: str,
    standing: Standing,
    given: Circumstances,
) -> SignedCard:
    """Return the parsed card if `sender` (`defender` or a member id) may open with it the epoch that `standing` says.

    For epoch 1 of a new case `standing.case` is the id made from this very card (`signed.case`). `card_wraps` by
    reader. Raises `MalformedError`, `StaleListError`, `ListRefusedError`, `SenderError`, `CardRefusedError`,
    `WrapsError`.
    """
    if signed.card.author != sender:
        raise SenderError("a card by somebody else than its sender")
    if signed.card.list != given.newest.hash:
        raise StaleListError("not under the newest list")
    pins.verify_for_writing(given.newest, today=given.today, demo_allowed=given.demo_allowed)
    succession.judge(signed, given.newest, standing, given.lists)
    _check_wraps(signed, card_wraps)
    return signed


def check_old_wraps(
    given: Iterable[tuple[str, int, str, bytes]], newest: SignedCard, *, epochs: Mapping[str, int], replaced: bool
) -> None:
    """Return nothing if wraps of earlier epochs, (chain, epoch, reader, sealed), may go in beside the card `newest`.

    `epochs`: how many epochs each chain had before the POST. Granting gives them to readers of `newest` and is the
    team's; a `replaced` receipt needs exactly one for each epoch of the case chain and no other. Raises `WrapsError`,
    `MalformedError`.
    """
    rows = list(given)
    places = [(chain, epoch, reader) for chain, epoch, reader, _ in rows]
    if len(set(places)) != len(places):
        raise WrapsError("a wrap given twice")
    if replaced:
        if set(places) != {("case", epoch, RECEIPT) for epoch in range(1, epochs["case"] + 1)}:
            raise WrapsError("not exactly one wrap for each epoch of the replaced receipt")
    elif rows and newest.card.author == DEFENDER:
        raise WrapsError("a wrap for a member by the defender")
    elif not all(_grantable(place, newest, epochs) for place in places):
        raise WrapsError("a wrap for somebody who does not read the new epoch, or of no earlier epoch")
    for chain, _, _, blob in rows:
        check_wrap(blob, chain)


def check_replacement(signed: Sequence[SignedCard], receipt_before: cards.ReceiptKeys | None) -> bool:
    """Return whether checked cards of one POST replace the receipt, which takes two of the defender's.

    Raises `SenderError` for a receipt changed by one card alone: nobody would have proved to hold the new key.
    """
    changed = [card for card in signed if card.card.receipt not in (None, receipt_before)]
    if not changed:
        return False
    same = len({card.card.receipt for card in changed}) == 1 and len({card.card.readers for card in changed}) == 1
    if len(signed) != 2 or len(changed) != 2 or not same:
        raise SenderError("a receipt is replaced by two cards with the same readers")
    return True


def _grantable(place: tuple[str, int, str], newest: SignedCard, epochs: Mapping[str, int]) -> bool:
    chain, epoch, reader = place
    return 1 <= epoch <= epochs.get(chain, 0) and reader in newest.card.readers


def _check_wraps(signed: SignedCard, card_wraps: Mapping[str, bytes]) -> None:
    expected = set(signed.card.readers) | ({RECEIPT} if signed.card.receipt else set())
    if card_wraps.keys() != expected:
        raise WrapsError("wraps are not exactly those of the readers and the receipt")
    for blob in card_wraps.values():
        check_wrap(blob, signed.card.chain)
