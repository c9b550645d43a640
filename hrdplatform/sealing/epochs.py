"""Opening an epoch: a new identity, the card that says who reads it, and a wrap for each of them.

Pure functions: they return the bytes to send, and keep the identity's seed only in what they return. What is opened
here passes `succession.judge` and `checks`. Records are written by `writing`. sealing.md 5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex

from hrdplatform.sealing import cards, ed25519, readers, wraps, xwing
from hrdplatform.sealing.cards import DEFENDER, Card, ReceiptKeys, SignedCard
from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.fields import NO_HASH
from hrdplatform.sealing.lists import Member, MemberList
from hrdplatform.sealing.stored import Defender
from hrdplatform.sealing.verdicts import ChainView, Epoch

RECEIPT = "receipt"
"""The name under which the defender's wrap is sent and stored, beside the members' ids."""


class NotOpenError(SealingError):
    """An epoch that is not open to the author cannot be handed on."""


@dataclass(frozen=True)
class Author:
    """Who signs, `defender` or a member id, with the 32-byte Ed25519 seed; and where: `browser` or `server`."""

    id: str
    sig_seed: bytes = field(repr=False)
    arrival: str = "browser"


@dataclass(frozen=True)
class Change:
    """What an epoch changes beside its identity; None keeps what was. `reading`: the readers, where granting names them
    instead of the rule of a new epoch; `receipt` changes by the defender only.
    """

    reading: tuple[str, ...] | None = None
    barred: tuple[str, ...] | None = None
    receipt: ReceiptKeys | None = None


UNCHANGED = Change()


@dataclass(frozen=True)
class NewEpoch:
    """What goes to the server: the container of the card and a sealed wrap for each reader; `epoch` is for the
    author.
    """

    epoch: Epoch
    container: bytes
    wraps: Mapping[str, bytes]


@dataclass(frozen=True)
class OldWrap:
    """The wrap of an earlier epoch for one more reader."""

    chain: str
    epoch: int
    reader: str
    sealed: bytes


@dataclass(frozen=True)
class Replacement:
    """A replaced receipt, sent in one POST: two cards in order, and her wraps of all earlier epochs made anew."""

    first: NewEpoch
    second: NewEpoch
    wraps: tuple[OldWrap, ...]


def open_case(listed: MemberList, defender: Defender, *, arrival: str) -> NewEpoch:
    """Return epoch 1 of a new case, signed by the receipt key it names. `listed` was verified for writing.

    `arrival`: browser or server. Raises `NoReadersError`.
    """
    seed = xwing.new_seed()
    card = Card(
        arrival=arrival,
        author=DEFENDER,
        barred=(),
        base=NO_HASH,
        case="",
        chain="case",
        epoch=1,
        heads=(),
        kem=xwing.public_key(seed),
        list=listed.hash,
        list_seq=listed.seq,
        prev=NO_HASH,
        readers=readers.of_new_case(listed),
        receipt=receipt_keys(defender),
        root=listed.root,
        salt=token_hex(16),
        team=listed.team,
    )
    return _opened(card, listed, Author(DEFENDER, defender.sig_seed, arrival), seed)


def receipt_keys(defender: Defender) -> ReceiptKeys:
    """Return the public keys of a receipt, as a card names them."""
    return ReceiptKeys(xwing.public_key(defender.kem_seed), ed25519.public_key(defender.sig_seed))


def open_epoch(
    before: SignedCard, listed: MemberList, author: Author, *, heads: Sequence[str], change: Change = UNCHANGED
) -> NewEpoch:
    """Return the epoch after `before` on the case chain, under `listed`, which was verified for writing.

    `heads`: records of the closed epoch that no other names (`reading.heads`). Raises `NoReadersError`.
    """
    excluded = frozenset(before.card.barred if change.barred is None else change.barred)
    chosen = readers.of_new_epoch(listed, before.card, excluded) if change.reading is None else change.reading
    seed = xwing.new_seed()
    card = Card(
        arrival=author.arrival,
        author=author.id,
        barred=tuple(sorted(excluded)),
        base=NO_HASH,
        case=before.case,
        chain="case",
        epoch=before.card.epoch + 1,
        heads=tuple(sorted(heads)),
        kem=xwing.public_key(seed),
        list=listed.hash,
        list_seq=listed.seq,
        prev=before.id,
        readers=tuple(sorted(chosen)),
        receipt=change.receipt or before.card.receipt,
        root=listed.root,
        salt=token_hex(16),
        team=listed.team,
    )
    return _opened(card, listed, author, seed)


def open_notes(base: Epoch, author: Author, *, before: SignedCard | None = None, heads: Sequence[str] = ()) -> NewEpoch:
    """Return a notes epoch under `base`, the newest case epoch, whose readers and list it takes over.

    `before` is the notes card before, if there is one; who cannot open that epoch gives no `heads`.
    """
    case = base.signed.card
    seed = xwing.new_seed()
    card = Card(
        arrival="browser",
        author=author.id,
        barred=case.barred,
        base=base.signed.id,
        case=base.signed.case,
        chain="notes",
        epoch=1 if before is None else before.card.epoch + 1,
        heads=tuple(sorted(heads)),
        kem=xwing.public_key(seed),
        list=case.list,
        list_seq=case.list_seq,
        prev=NO_HASH if before is None else before.id,
        readers=case.readers,
        receipt=None,
        root=case.root,
        salt=token_hex(16),
        team=case.team,
    )
    return _opened(card, base.listed, author, seed)


def grant(chain: ChainView, reader: Member, epochs: Sequence[int]) -> tuple[OldWrap, ...]:
    """Return the wraps of old `epochs` for a new reader, who gets them beside a new epoch. Raises `NotOpenError`."""
    return tuple(_rewrap(epoch, reader.id, reader.kem) for epoch in chain.epochs if epoch.number in epochs)


def replace_receipt(
    chain: ChainView, listed: MemberList, old: Author, new: Defender, *, heads: Sequence[str]
) -> Replacement:
    """Return what replaces the receipt: card n+1 signed by the old key names the new one, card n+2 is signed by the
    new.

    `chain` is the defender's own verified view with all epochs open. Raises `NotOpenError`.
    """
    newest = chain.newest
    if newest is None:
        raise NotOpenError("a case without epochs")
    receipt = receipt_keys(new)
    first = open_epoch(newest.signed, listed, old, heads=heads, change=Change(receipt=receipt))
    same = Change(reading=first.epoch.signed.card.readers)
    signer = Author(DEFENDER, new.sig_seed, old.arrival)
    second = open_epoch(first.epoch.signed, listed, signer, heads=(), change=same)
    return Replacement(first, second, tuple(_rewrap(epoch, RECEIPT, receipt.kem) for epoch in chain.epochs))


def _opened(card: Card, listed: MemberList, author: Author, seed: bytes) -> NewEpoch:
    container = cards.build(card, author.sig_seed)
    signed = cards.parse(container)
    epoch = Epoch(signed, listed, ed25519.public_key(author.sig_seed), seed)
    recipients = {member.id: member.kem for member in listed.members if member.id in card.readers}
    if card.receipt is not None:
        recipients[RECEIPT] = card.receipt.kem
    written = _wrap(epoch, seed)
    return NewEpoch(epoch, container, {reader: wraps.seal(written, kem) for reader, kem in recipients.items()})


def _rewrap(epoch: Epoch, reader: str, kem: bytes) -> OldWrap:
    if epoch.seed is None:
        raise NotOpenError(f"epoch {epoch.number} is not open to the author")
    return OldWrap(epoch.signed.card.chain, epoch.number, reader, wraps.seal(_wrap(epoch, epoch.seed), kem))


def _wrap(epoch: Epoch, seed: bytes) -> wraps.Wrap:
    return wraps.Wrap(epoch.signed.case, epoch.signed.card.chain, epoch.number, epoch.signed.id, seed)
