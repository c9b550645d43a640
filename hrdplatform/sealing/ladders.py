"""The cards of one chain, walked from epoch 1: which epochs stand, which are open to the viewer, and where the walk
stops.

A card that fails ends the walk: what comes after it stands on nothing. The rules for one card are in `succession`; here
are those for the chain as a whole: no gap, the pinned card present, a member's pinned list related to every card's, the
defender's own receipt at the end, and every wrap holding what its card says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hrdplatform.sealing import cards, ed25519, lists, pins, succession, wraps, xwing
from hrdplatform.sealing.cards import ReceiptKeys, SignedCard
from hrdplatform.sealing.errors import MalformedError, SealingError
from hrdplatform.sealing.lists import MemberList
from hrdplatform.sealing.pins import ListMissingError
from hrdplatform.sealing.stored import Defender, Member, StoredCard, StoredCase, StoredWrap, Viewer
from hrdplatform.sealing.succession import CardRefusedError, Standing
from hrdplatform.sealing.verdicts import ChainView, Epoch, Failure, Problem

NOT_HERS = frozenset({Failure.RECEIPT_NOT_YOURS, Failure.NEVER_SIGNED_BY_YOU})
"""A case that was made for the defender, not by her: none of it is shown."""


class Lists(dict[str, MemberList]):
    """The lists of a case by hash: those that parse, and whose text has the hash it was served under."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self.unreadable: set[str] = set()
        for name, text in texts.items():
            self._add(name, text)

    def _add(self, name: str, text: str) -> None:
        try:
            listed = lists.parse(text)
        except SealingError:
            self.unreadable.add(name)
            return
        if listed.hash == name:
            self[name] = listed
        else:
            self.unreadable.add(name)

    def named(self, name: str) -> MemberList:
        """The list of that hash. Raises `CardRefusedError` if it was withheld or is none."""
        if name not in self:
            raise CardRefusedError(Failure.LIST_UNREADABLE if name in self.unreadable else Failure.LIST_ABSENT)
        return self[name]


@dataclass(frozen=True)
class Walk:
    """What a walk along one chain is made with: the rows, who looks, the lists, and for notes the verified case
    chain.
    """

    stored: StoredCase
    chain: str
    viewer: Viewer
    listed: Lists
    case_chain: ChainView | None = None


def climb(walk: Walk) -> ChainView:
    """Return the chain's verified epochs and its problems, without records."""
    rows = sorted((row for row in walk.stored.cards if row.chain == walk.chain), key=lambda row: row.epoch)
    epochs: list[Epoch] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, start=1):
        try:
            epochs.append(_judged(walk, row, number, epochs))
        except CardRefusedError as refusal:
            problems.append(Problem(refusal.failure, walk.chain, row.epoch))
            break
    problems += _judge_whole(walk, epochs, empty=not rows)
    if any(problem.failure in NOT_HERS for problem in problems):
        epochs = []
    halted = bool(problems)
    opened, wrap_problems = _opened(walk, epochs)
    return ChainView(walk.chain, tuple(opened), problems=tuple(problems + wrap_problems), halted=halted)


def _judged(walk: Walk, row: StoredCard, number: int, before: Sequence[Epoch]) -> Epoch:
    if row.epoch != number:
        raise CardRefusedError(Failure.CARD_ABSENT if row.epoch > number else Failure.CARD_MISPLACED)
    try:
        signed = cards.parse(row.container)
    except MalformedError as error:
        raise CardRefusedError(Failure.CARD_UNREADABLE) from error
    named = walk.listed.named(signed.card.list)
    last = before[-1] if before else None
    standing = Standing(
        case=walk.stored.case,
        chain=walk.chain,
        epoch=number,
        before=last.signed if last else None,
        listed_before=last.listed if last else None,
        base=_case_card(walk.case_chain, signed.card.base),
        base_before=_case_card(walk.case_chain, last.signed.card.base) if last else None,
    )
    key = succession.judge(signed, named, standing, walk.listed)
    if isinstance(walk.viewer, Member):
        _judge_pinned_list(named, walk.viewer, walk.listed)
    return Epoch(signed, named, key)


def _case_card(case_chain: ChainView | None, card_id: str) -> SignedCard | None:
    found = case_chain.epochs if case_chain else ()
    return next((epoch.signed for epoch in found if epoch.signed.id == card_id), None)


def _judge_pinned_list(listed: MemberList, viewer: Member, known: Lists) -> None:
    # A server that gave the defender the list of a false root is found out here: her card names that list.
    pinned = viewer.pinned
    if pinned is None:
        return
    try:
        related = pins.related(listed, known.named(pinned.hash), known)
    except ListMissingError as error:
        raise CardRefusedError(Failure.LIST_ABSENT) from error
    if not related:
        raise CardRefusedError(Failure.LIST_FALSE)


def _judge_whole(walk: Walk, epochs: Sequence[Epoch], *, empty: bool) -> list[Problem]:
    failures: list[Failure] = []
    if empty and walk.chain == "case":
        failures.append(Failure.CARD_ABSENT)
    if isinstance(walk.viewer, Member):
        failures += _pin_failures(walk.chain, epochs, walk.viewer)
    elif epochs:
        failures += _receipt_failures(epochs, walk.viewer)
    last = epochs[-1].number if epochs else 0
    return [Problem(failure, walk.chain, last) for failure in failures]


def _pin_failures(chain: str, epochs: Sequence[Epoch], viewer: Member) -> list[Failure]:
    pinned = viewer.chain_pins.get(chain)
    if pinned is None:
        return []
    if not any((epoch.number, epoch.signed.id) == (pinned.epoch, pinned.card) for epoch in epochs):
        return [Failure.PIN_ABSENT]
    if any(epoch.number >= pinned.epoch and epoch.listed.seq < pinned.list_seq for epoch in epochs):
        return [Failure.PIN_OLDER_LIST]
    return []


def _receipt_failures(epochs: Sequence[Epoch], viewer: Defender) -> list[Failure]:
    own = ReceiptKeys(xwing.public_key(viewer.kem_seed), ed25519.public_key(viewer.sig_seed))
    if epochs[-1].signed.card.receipt != own:
        return [Failure.RECEIPT_NOT_YOURS]
    if all(epoch.signed_by != own.sig for epoch in epochs):
        return [Failure.NEVER_SIGNED_BY_YOU]
    return []


def _opened(walk: Walk, epochs: Sequence[Epoch]) -> tuple[list[Epoch], list[Problem]]:
    opened: list[Epoch] = []
    problems: list[Problem] = []
    for epoch in epochs:
        seed, failure = _identity(walk, epoch.signed)
        if failure is Failure.WRAP_ABSENT and not _must_open(epoch, epochs, walk.viewer):
            failure = None
        if failure is not None:
            problems.append(Problem(failure, walk.chain, epoch.number))
        opened.append(replace(epoch, seed=seed))
    return opened, problems


def _must_open(epoch: Epoch, epochs: Sequence[Epoch], viewer: Viewer) -> bool:
    """Whether an epoch without a wrap is a failure: never for an old one of a member, who may have come later."""
    return isinstance(viewer, Defender) or epoch is epochs[-1]


def _identity(walk: Walk, signed: SignedCard) -> tuple[bytes | None, Failure | None]:
    card = signed.card
    mine = [row for row in walk.stored.wraps if (row.chain, row.epoch) == (card.chain, card.epoch)]
    if not mine:
        return None, Failure.WRAP_ABSENT
    wrap = _open_any(mine, walk.viewer)
    if wrap is None:
        return None, Failure.WRAP_UNOPENED
    if (wrap.case, wrap.chain, wrap.epoch, wrap.card) != (signed.case, card.chain, card.epoch, signed.id):
        return None, Failure.WRAP_MISPLACED
    if xwing.public_key(wrap.seed) != card.kem:
        return None, Failure.WRAP_KEY
    return wrap.seed, None


def _open_any(mine: Sequence[StoredWrap], viewer: Viewer) -> wraps.Wrap | None:
    seeds = (viewer.kem_seed,) if isinstance(viewer, Defender) else viewer.kem_seeds
    for row in mine:
        for seed in seeds:
            try:
                return wraps.open_sealed(row.sealed, seed)
            except SealingError:
                # Judged by the caller when no seed opens it: a failure with a name, not a guess which seed was meant.
                continue
    return None
