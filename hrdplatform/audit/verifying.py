"""Verifying the chain: walks all linked entries and names the first that is not as it was when it was linked."""

from __future__ import annotations

from dataclasses import dataclass

from .chain import BEGINNING
from .models import Entry


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold: the number it should have, the row, and what is wrong in words."""

    sequence: int
    entry: str
    reason: str


@dataclass(frozen=True)
class Verdict:
    """What a walk over the chain found. `digests` answers for the numbers asked for; `unlinked` wait for their turn."""

    linked: int
    unlinked: int
    head: str
    digests: dict[int, str]
    broken: Break | None


def verify(wanted: frozenset[int] = frozenset()) -> Verdict:
    """Recompute every hash, first one first; stops at the first break. Memory stays flat.

    `wanted` are numbers whose hashes the caller wants to compare with signed heads.
    """
    previous, count = BEGINNING, 0
    digests: dict[int, str] = {}
    broken: Break | None = None
    for entry in Entry.objects.linked().iterator(chunk_size=2000):
        broken = _check(entry, previous=previous, sequence=count + 1)
        if broken:
            break
        count, previous = count + 1, entry.digest or ""
        if count in wanted:
            digests[count] = previous
    return Verdict(count, Entry.objects.unlinked().count(), previous, digests, broken)


def _check(entry: Entry, *, previous: str, sequence: int) -> Break | None:
    name = f"{entry.id} ({entry.event})"
    if entry.sequence != sequence:
        return Break(sequence, name, f"number {sequence} is missing, the next row found is {entry.sequence}")
    if entry.previous != previous:
        return Break(sequence, name, "it does not follow the row before it")
    if entry.digest != entry.digest_after(previous, sequence=sequence):
        return Break(sequence, name, "its content is not what was hashed")
    return None
