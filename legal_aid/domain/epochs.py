"""Opening epochs of a case: new readers, a left member, a replaced receipt, the notes under a new case card.

Cards, wraps, records and the swapped locator of one POST stand or fall together. Whoever is too late (a newer epoch, or
a record that the closing card did not see) is told so and repeats; nothing honest is ever left "late". sealing.md 5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from hrdplatform import audit
from hrdplatform.audit import Event
from hrdplatform.sealing import cards, checks
from hrdplatform.sealing.cards import SignedCard
from hrdplatform.sealing.checks import StaleListError
from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.lists import MemberList
from hrdplatform.sealing.pins import ListExpiredError
from hrdplatform.sealing.succession import Standing
from legal_aid.models import RECEIPT, Card, Case, KeyWrap, PlainSession, Record
from legal_aid.states import Sender

from . import correspondence, lists
from .correspondence import EpochMovedError
from .intake import ListMovedError, ListOverError
from .sealed_rows import HASH, NewCard, NewRecord, OldWrap, SealedRefusedError, card_row, check_records, wrap_rows
from .speakers import Speaker
from .uploads import QuotaReachedError

MOST_EPOCHS = 500
"""Epochs that a defender may open: whoever opens the case verifies every one of them."""


class RowsMovedError(Exception):
    """A record came in while the card was made: the maker has not seen it."""


@dataclass(frozen=True)
class NewEpochs:
    """One POST: cards in order, wraps of earlier epochs, a new `locator` where the receipt is replaced, records of the
    last card. `rows_seen` counts the records of all epochs that the cards close, of both chains together.
    """

    case: str
    cards: Sequence[NewCard]
    rows_seen: int
    wraps: Sequence[OldWrap] = ()
    locator: str = field(default="", repr=False)
    records: Sequence[NewRecord] = ()
    keep_session: str = ""


@dataclass
class _Ladder:
    """The cards of a case as they stand before and during the checks."""

    case: Case
    rows: list[Card]
    lists: Mapping[str, MemberList]
    newest: MemberList
    signed: dict[tuple[str, int], SignedCard] = field(default_factory=dict)

    def top(self, chain: str) -> SignedCard | None:
        """The newest card of a chain."""
        epochs = [epoch for name, epoch in self.signed if name == chain]
        return self.signed[chain, max(epochs)] if epochs else None

    def standing(self, card: NewCard, base: str) -> Standing:
        """Where `card` would stand."""
        before = self.top(card.chain)
        notes = card.chain == "notes"
        return Standing(
            case=self.case.pk,
            chain=card.chain,
            epoch=1 if before is None else before.card.epoch + 1,
            before=before,
            listed_before=None if before is None else self.lists.get(before.card.list),
            base=self._case_card(base) if notes else None,
            base_before=self._case_card(before.card.base) if notes and before is not None else None,
        )

    def _case_card(self, id_: str) -> SignedCard | None:
        return next((one for (chain, _), one in self.signed.items() if chain == "case" and one.id == id_), None)


def open_epochs(new: NewEpochs, *, speaker: Speaker, at: datetime) -> bool:
    """Open the epochs; False when all of these cards are here already.

    Raises `UnknownCaseError`, `SealedRefusedError`, `ListMovedError`, `ListOverError`, `EpochMovedError`,
    `RowsMovedError`, `QuotaReachedError`.
    """
    if not 1 <= len(new.cards) <= 4:
        raise SealedRefusedError
    case = speaker.case(new.case)
    if speaker.side == Sender.DEFENDER and case.newest.epoch >= MOST_EPOCHS:
        raise QuotaReachedError
    ids = _ids(new.cards)
    if Card.objects.filter(case=case, pk__in=ids).count() == len(ids):
        return False
    ladder = _ladder(case)
    epochs_before = {
        chain: max([row.epoch for row in ladder.rows if row.chain == chain], default=0) for chain in ("case", "notes")
    }
    receipt_before = ladder.signed["case", epochs_before["case"]].card.receipt
    signed = [_check(card, ladder, speaker=speaker, at=at) for card in new.cards]
    replaced = _check_whole(new, signed, epochs_before, receipt_before, speaker)
    with transaction.atomic():
        locked = speaker.lock(new.case)
        if Card.objects.filter(case=locked, pk__in=ids).count() == len(ids):
            return False
        _check_newest(locked, new, signed)
        _insert(locked, new, signed, replaced=replaced, speaker=speaker, at=at)
    return True


def _ids(new_cards: Sequence[NewCard]) -> list[str]:
    try:
        return [cards.parse(card.container).id for card in new_cards]
    except SealingError as error:
        raise SealedRefusedError from error


def _ladder(case: Case) -> _Ladder:
    rows = list(Card.objects.filter(case=case))
    ladder = _Ladder(case, rows, lists.all_of(case.team), lists.newest(case.team))
    for row in rows:
        ladder.signed[row.chain, row.epoch] = cards.parse(bytes(row.container))
    return ladder


def _check(card: NewCard, ladder: _Ladder, *, speaker: Speaker, at: datetime) -> SignedCard:
    """Check one card against those before it, and put it on top."""
    try:
        parsed = cards.parse(card.container)
        claimed = parsed.card
        standing = ladder.standing(card, claimed.base)
        if (card.chain, card.epoch) != (claimed.chain, claimed.epoch):
            raise SealedRefusedError
        if claimed.epoch != standing.epoch or (standing.before and claimed.prev != standing.before.id):
            raise EpochMovedError
        signed = checks.check_card(
            parsed,
            card.wraps,
            sender=speaker.id,
            standing=standing,
            given=lists.circumstances(ladder.newest, ladder.lists, at=at),
        )
    except StaleListError as error:
        raise ListMovedError from error
    except ListExpiredError as error:
        raise ListOverError from error
    except SealingError as error:
        raise SealedRefusedError from error
    ladder.signed[card.chain, card.epoch] = signed
    return signed


def _check_whole(
    new: NewEpochs,
    signed: Sequence[SignedCard],
    epochs_before: Mapping[str, int],
    receipt_before: cards.ReceiptKeys | None,
    speaker: Speaker,
) -> bool:
    """Check wraps of earlier epochs, the locator and the records; returns whether the receipt is replaced."""
    given = [(wrap.chain, wrap.epoch, wrap.reader, wrap.sealed) for wrap in new.wraps]
    try:
        replaced = checks.check_replacement(signed, receipt_before)
        checks.check_old_wraps(given, signed[-1], epochs=epochs_before, replaced=replaced)
    except SealingError as error:
        raise SealedRefusedError from error
    if replaced != bool(new.locator) or (replaced and not HASH.fullmatch(new.locator)):
        raise SealedRefusedError
    if new.records:
        check_records(new.records, chain=signed[-1].card.chain, sender=speaker.id)
    return replaced


def _check_newest(case: Case, new: NewEpochs, signed: Sequence[SignedCard]) -> None:
    """Under the lock: nothing moved since the cards were made.

    Records of a standing case never go, so that a maker has seen all of both chains if the sums are equal.
    """
    closed: list[str] = []
    seen: set[str] = set()
    for one in signed:
        chain = one.card.chain
        if chain in seen:
            continue
        seen.add(chain)
        top = correspondence.newest_card(case, chain)
        if one.card.epoch != (1 if top is None else top.epoch + 1):
            raise EpochMovedError
        closed += [] if top is None else [top.pk]
    if Record.objects.filter(card__in=closed).count() != new.rows_seen:
        raise RowsMovedError


def _insert(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    case: Case, new: NewEpochs, signed: Sequence[SignedCard], *, replaced: bool, speaker: Speaker, at: datetime
) -> None:
    if replaced:
        _swap_receipt(case, new)
    for card, one in zip(new.cards, signed, strict=True):
        Card.objects.bulk_create([card_row(card, id_=one.id, case_id=case.pk, list_hash=one.card.list)])
        KeyWrap.objects.bulk_create(wrap_rows(one.id, card.wraps))
        if one.card.chain == "case":
            case.newest_id = one.id
        else:
            case.newest_notes_id = one.id
    _insert_old_wraps(case, new.wraps)
    case.save(update_fields=["newest", "newest_notes", "locator"])
    if new.records:
        correspondence.insert(new.records, case=case, card_id=signed[-1].id, speaker=speaker, at=at, fresh_card=True)
    event = Event.RECEIPT_REPLACED if replaced else Event.EPOCH_OPENED
    audit.record(event, actor=speaker.actor, object=f"trace:{case.trace}", at=at, door="aid", cards=len(signed))


def _swap_receipt(case: Case, new: NewEpochs) -> None:
    """The old words open nothing from here on: neither the case nor a session made with them."""
    KeyWrap.objects.filter(card__case=case, card__chain="case", reader=RECEIPT).delete()
    PlainSession.objects.filter(case=case).exclude(pk=new.keep_session).delete()
    case.locator = new.locator


def _insert_old_wraps(case: Case, wraps: Sequence[OldWrap]) -> None:
    by_place = {(row.chain, row.epoch): row.pk for row in Card.objects.filter(case=case)} if wraps else {}
    rows = [KeyWrap(card_id=by_place[wrap.chain, wrap.epoch], reader=wrap.reader, sealed=wrap.sealed) for wrap in wraps]
    KeyWrap.objects.bulk_create(rows, ignore_conflicts=True)
