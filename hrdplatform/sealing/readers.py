"""Who reads a new case or a new epoch: rules that never widen the circle silently. sealing.md 5."""

from hrdplatform.sealing.cards import Card
from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.lists import MemberList


class NoReadersError(SealingError):
    """Nobody on the list may read: the request would reach no one."""


def of_new_case(listed: MemberList) -> tuple[str, ...]:
    """Return the ids that read a new case: those with scope `intake`, and every recovery member, sorted.

    The others come by a new epoch, after the conflict check. Raises `NoReadersError`.
    """
    return _with_recovery(_intake(listed), listed, frozenset())


def of_new_epoch(listed: MemberList, before: Card, barred: frozenset[str] | None = None) -> tuple[str, ...]:
    """Return the ids that read the epoch after `before` under `listed`, sorted.

    The readers before (of kind `reader`) who are on the list; if none is left, intake members; always every recovery
    member; never one in `barred` (those of `before` unless given). Raises `NoReadersError`.
    """
    excluded = frozenset(before.barred) if barred is None else barred
    staying = {reader for reader in before.readers if _kind(listed, reader) == "reader"} - excluded
    return _with_recovery(staying or _intake(listed) - excluded, listed, excluded)


def outdated(card: Card, listed: MemberList, newest: MemberList) -> bool:
    """Whether an epoch must be opened before anything is written: a reader of `card`, which stands under `listed`, is
    no longer on `newest` or has other keys there.
    """
    for reader in card.readers:
        then, now = listed.member(reader), newest.member(reader)
        if then is None or now is None or (then.kem, then.sig) != (now.kem, now.sig):
            return True
    return False


def _intake(listed: MemberList) -> set[str]:
    return {member.id for member in listed.members if member.kind == "reader" and member.scope == "intake"}


def _kind(listed: MemberList, member_id: str) -> str:
    member = listed.member(member_id)
    return member.kind if member else ""


def _with_recovery(readers: set[str], listed: MemberList, excluded: frozenset[str]) -> tuple[str, ...]:
    if not readers:
        raise NoReadersError("no member of the list may read")
    recovery = {member.id for member in listed.members if member.kind == "recovery"} - excluded
    return tuple(sorted(readers | recovery))
