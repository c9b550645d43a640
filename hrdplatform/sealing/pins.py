"""Whether a list may be believed: its descent from one that was believed before, and whether it serves for writing
today.

The rule *verify list* of sealing.md 5. Lists are given by hash, as parsed by `lists.parse`; the server may withhold
one, never forge one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.fields import NO_HASH
from hrdplatform.sealing.lists import MemberList, root_hash

LONGEST_LIFE = timedelta(days=62)
CLOCK_LEEWAY = timedelta(days=1)


class ListRefusedError(SealingError):
    """A list that is well signed, but not to be believed or not to be written under."""


class ListMissingError(ListRefusedError):
    """A list that another names by hash was not served."""


class NotDescendedError(ListRefusedError):
    """The list does not follow from the one believed before: other root, other team, or a gap in the sequence."""


class LowerSequenceError(ListRefusedError):
    """The list is older than the one believed before."""


class SameSequenceError(ListRefusedError):
    """Two lists of the same number: the root signed twice, or somebody else holds it."""


class ListExpiredError(ListRefusedError):
    """Today lies outside the list's days; nothing may be written under it, reading goes on."""


class DemoListError(ListRefusedError):
    """A list of the published demonstration keys, met anywhere but on the own machine."""


@dataclass(frozen=True)
class Pin:
    """The list that a reader believed last: (root 32 bytes, seq, hash, team)."""

    root: bytes
    seq: int
    hash: str
    team: str


def pin(listed: MemberList) -> Pin:
    """Return what is kept of `listed` once it was believed."""
    return Pin(listed.root, listed.seq, listed.hash, listed.team)


def verify(listed: MemberList, pinned: Pin | None, lists: Mapping[str, MemberList]) -> None:
    """Return nothing if `listed` is the pinned list or descends from it; without a pin the first contact trusts the
    server.

    `lists` are older lists by hash. Raises a `ListRefusedError`.
    """
    if pinned is None:
        return
    if listed.team != pinned.team:
        raise NotDescendedError("a list of another team")
    if listed.seq < pinned.seq:
        raise LowerSequenceError(f"list {listed.seq} after {pinned.seq}")
    if listed.seq == pinned.seq and listed.hash != pinned.hash:
        raise SameSequenceError(f"two lists of number {listed.seq}")
    oldest = ancestor(listed, pinned.seq, lists)
    if oldest.hash != pinned.hash or oldest.root != pinned.root:
        raise NotDescendedError("the pinned list is not among its ancestors")


def verify_for_writing(listed: MemberList, *, today: date, demo_allowed: bool) -> None:
    """Return nothing if something may be written under `listed` on `today` (UTC).

    `demo_allowed` is true only on a loopback host. Raises `ListExpiredError` or `DemoListError`.
    """
    if listed.demo and not demo_allowed:
        raise DemoListError("a list of demonstration keys")
    if listed.expires - listed.issued > LONGEST_LIFE:
        raise ListExpiredError("a list made for longer than 62 days")
    if not listed.issued - CLOCK_LEEWAY <= today <= listed.expires:
        raise ListExpiredError(f"list of {listed.issued} to {listed.expires} on {today}")


def ancestor(listed: MemberList, seq: int, lists: Mapping[str, MemberList]) -> MemberList:
    """Return the list of number `seq` on the way back from `listed` along `prev`, each step judged.

    Raises `ListMissingError` if one was not served, `NotDescendedError` if a step is none: seq not one less, other
    team, or a root that is neither the same nor the one announced as `next_root`.
    """
    while listed.seq > seq:
        older = lists.get(listed.prev)
        if older is None:
            raise ListMissingError(f"the list before number {listed.seq}")
        _follows(listed, older)
        listed = older
    return listed


def descends(newer: MemberList, older: MemberList, lists: Mapping[str, MemberList]) -> bool:
    """Whether `newer` is `older` or comes after it. Raises `ListMissingError` if a list between them was not served."""
    if newer.seq < older.seq:
        return False
    try:
        return ancestor(newer, older.seq, lists).hash == older.hash
    except NotDescendedError:
        return False


def related(one: MemberList, other: MemberList, lists: Mapping[str, MemberList]) -> bool:
    """Whether one of the two lists is the other's ancestor. Raises `ListMissingError`."""
    return descends(one, other, lists) or descends(other, one, lists)


def _follows(newer: MemberList, older: MemberList) -> None:
    if newer.prev != older.hash or newer.seq != older.seq + 1 or newer.team != older.team:
        raise NotDescendedError(f"list {newer.seq} does not follow the list it names")
    if newer.root != older.root and root_hash(newer.root) != older.next_root:
        raise NotDescendedError(f"list {newer.seq} is signed by a root that was not announced")


def is_first(listed: MemberList) -> bool:
    """Whether this is the first list of its team: number 1, nothing before it."""
    return listed.seq == 1 and listed.prev == NO_HASH
