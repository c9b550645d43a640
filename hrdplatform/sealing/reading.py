"""The records of the open epochs of one chain: each row opened, placed, its author proved; the order and the gaps
found.

Each row comes out as something to show: with its body when everything that makes it authentic was verified, else with
the failure's name. Withheld records show by `after` and `heads`, replayed ones by their id, backdated ones by not
standing under the heads of the next card. sealing.md 5.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hrdplatform.sealing import bodies, records
from hrdplatform.sealing.age import sealed
from hrdplatform.sealing.bodies import Body
from hrdplatform.sealing.cards import DEFENDER
from hrdplatform.sealing.errors import MalformedError, SealingError
from hrdplatform.sealing.stored import StoredRecord
from hrdplatform.sealing.verdicts import ChainView, Epoch, Failure, Problem, ShownRecord


class RecordRefusedError(SealingError):
    """A row that is not an authentic record of its epoch; `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


def read(rows: Iterable[StoredRecord], chain: ChainView) -> ChainView:
    """Return `chain` with every row of it opened and judged. Rows of epochs that are not open to the viewer are left
    out.
    """
    mine = [row for row in rows if row.chain == chain.name]
    shown: list[ShownRecord] = []
    problems: list[Problem] = list(chain.problems)
    for index, epoch in enumerate(chain.epochs):
        if epoch.seed is None:
            continue
        following = chain.epochs[index + 1] if index + 1 < len(chain.epochs) else None
        found = _once([open_row(row, epoch) for row in mine if row.epoch == epoch.number])
        found, missing = _judge_order(found, epoch, following)
        shown += in_order(found)
        problems += missing
    known = {epoch.number for epoch in chain.epochs}
    shown += [_failed(row, Failure.RECORD_HOMELESS) for row in mine if row.epoch not in known]
    return replace(chain, records=tuple(shown), problems=tuple(problems))


def open_row(row: StoredRecord, epoch: Epoch) -> ShownRecord:
    """Return one row as it may be shown. The epoch must be open."""
    try:
        container = _container(row, epoch)
        body = _body(container, row, epoch)
        container.verify(_author_key(container.kind, body, epoch))
    except RecordRefusedError as refusal:
        return _failed(row, refusal.failure)
    except SealingError:
        return _failed(row, Failure.RECORD_SIGNATURE)
    shown = ShownRecord(row.row, row.chain, row.epoch, container.kind.name, container.id, body)
    return _with(shown, Failure.RECORD_LABEL) if row.kind != container.kind.name else shown


def _container(row: StoredRecord, epoch: Epoch) -> records.Container:
    if epoch.seed is None or len(row.sealed) not in records.SEALED_SIZES:
        raise RecordRefusedError(Failure.RECORD_UNOPENED)
    try:
        opened = sealed.open_sealed(row.sealed, epoch.seed)
    except SealingError as error:
        raise RecordRefusedError(Failure.RECORD_UNOPENED) from error
    try:
        return records.parse(opened)
    except MalformedError as error:
        raise RecordRefusedError(Failure.RECORD_UNREADABLE) from error


def _body(container: records.Container, row: StoredRecord, epoch: Epoch) -> Body:
    if container.kind is records.CARD or row.chain not in container.kind.chains:
        raise RecordRefusedError(Failure.RECORD_KIND)
    try:
        body = bodies.parse(container.kind, container.body)
    except MalformedError as error:
        raise RecordRefusedError(Failure.RECORD_UNREADABLE) from error
    place, signed = body.place, epoch.signed
    if (place.case, place.chain, place.epoch, place.card) != (signed.case, row.chain, epoch.number, signed.id):
        raise RecordRefusedError(Failure.RECORD_MISPLACED)
    return body


def _author_key(kind: records.Kind, body: Body, epoch: Epoch) -> bytes:
    author, card = body.place.author, epoch.signed.card
    if author == DEFENDER:
        if not kind.by_defender or card.receipt is None:
            raise RecordRefusedError(Failure.RECORD_AUTHOR)
        return card.receipt.sig
    member = epoch.listed.member(author)
    # `opened` speaks of the defender's own visit: nobody else can say it.
    if member is None or author not in card.readers or kind is records.OPENED:
        raise RecordRefusedError(Failure.RECORD_AUTHOR)
    return member.sig


def _once(found: list[ShownRecord]) -> list[ShownRecord]:
    seen: set[str] = set()
    kept: list[ShownRecord] = []
    for one in found:
        repeated = one.body is not None and one.id in seen
        kept.append(replace(_with(one, Failure.RECORD_REPEATED), body=None) if repeated else one)
        seen.add(one.id)
    return kept


def _judge_order(
    found: list[ShownRecord], epoch: Epoch, following: Epoch | None
) -> tuple[list[ShownRecord], list[Problem]]:
    after = {one.id: one.body.place.after for one in found if one.body is not None}
    judged = [_with_missing(one, after) for one in found]
    if following is None:
        return judged, []
    heads = following.signed.card.heads
    chain = epoch.signed.card.chain
    missing = [Problem(Failure.RECORD_MISSING, chain, epoch.number, id=head) for head in heads if head not in after]
    if _heads_unknown(epoch, following):
        return judged, missing
    under = _under(heads, after)
    late = [_with(one, Failure.RECORD_LATE) if one.body and one.id not in under else one for one in judged]
    return late, missing


def _with_missing(one: ShownRecord, after: dict[str, tuple[str, ...]]) -> ShownRecord:
    missing = [earlier for earlier in after.get(one.id, ()) if earlier not in after] if one.body else []
    for earlier in missing:
        one = _with(one, Failure.RECORD_MISSING, earlier)
    return one


def _heads_unknown(epoch: Epoch, following: Epoch) -> bool:
    """Whether the closing card could not know the records: notes reopened by somebody who did not read them before, or
    to whom they were sealed under keys made anew since.
    """
    card = following.signed.card
    if card.chain != "notes" or card.heads:
        return False
    before, now = epoch.listed.member(card.author), following.listed.member(card.author)
    return card.author not in epoch.signed.card.readers or before is None or now is None or before.kem != now.kem


def _under(heads: Sequence[str], after: dict[str, tuple[str, ...]]) -> set[str]:
    under: set[str] = set()
    waiting = [head for head in heads if head in after]
    while waiting:
        record = waiting.pop()
        if record not in under:
            under.add(record)
            waiting += [earlier for earlier in after[record] if earlier in after]
    return under


def in_order(found: Sequence[ShownRecord]) -> list[ShownRecord]:
    """Return records in showing order: by `after`, then `sent`, then id; rows without a body come last, as they lie.

    Of two of the same minute the one that answers a missing record comes later: the first of a chain answers nothing.
    """
    bodied = {one.id: one for one in found if one.body is not None}
    placed = {name: one.body.place for name, one in bodied.items() if one.body is not None}
    waits = {name: sum(earlier in placed for earlier in place.after) for name, place in placed.items()}
    followers: dict[str, list[str]] = {}
    for name, place in placed.items():
        for earlier in place.after:
            followers.setdefault(earlier, []).append(name)
    turns = {name: (place.sent, waits[name] < len(place.after), name) for name, place in placed.items()}
    ready = [turns[name] for name, count in waits.items() if not count]
    heapq.heapify(ready)
    ordered: list[ShownRecord] = []
    while ready:
        *_, name = heapq.heappop(ready)
        ordered.append(bodied[name])
        for later in followers.get(name, ()):
            waits[later] -= 1
            if not waits[later]:
                heapq.heappush(ready, turns[later])
    return ordered + [one for one in found if one.body is None]


def heads(found: Iterable[ShownRecord]) -> tuple[str, ...]:
    """Return the ids of the trusted records that no other of them names: what the next one comes `after`, sorted."""
    trusted = {one.id: one.body.place.after for one in found if one.trusted and one.body is not None}
    named = {earlier for after in trusted.values() for earlier in after}
    return tuple(sorted(trusted.keys() - named))


def _failed(row: StoredRecord, failure: Failure) -> ShownRecord:
    problem = Problem(failure, row.chain, row.epoch, row.row)
    return ShownRecord(row.row, row.chain, row.epoch, row.kind, problems=(problem,))


def _with(one: ShownRecord, failure: Failure, missing: str = "") -> ShownRecord:
    return replace(one, problems=(*one.problems, Problem(failure, one.chain, one.epoch, one.row, missing)))
