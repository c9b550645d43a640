"""Six spoken words: a short fingerprint that two people compare by voice or on paper.

Six words hold 77 bits, so a second value with the same words cannot be searched for. Always from the English list, or
its numbers as digits, so that both sides hear the same whatever language their pages are in (sealing.md 3).
"""

from typing import Literal

from hrdplatform.sealing.labels import hashed
from hrdplatform.sealing.words import LISTS, SIZE

Label = Literal["root", "member", "check"]
"""What is compared: a team's root key (32 bytes), a member's kem || sig (1,248), the id of a case's first card (32)."""


def spoken_indices(label: Label, value: bytes) -> tuple[int, ...]:
    """Return the six indices of `value`: the first six u16, each mod 7776, of H(P || label || 0 || value)."""
    digest = hashed(label, value)
    return tuple(int.from_bytes(digest[place : place + 2], "big") % SIZE for place in range(0, 12, 2))


def spoken_words(label: Label, value: bytes) -> tuple[str, ...]:
    """Return the six English words of `value`."""
    return tuple(LISTS["en"].words[index] for index in spoken_indices(label, value))


def spoken_digits(label: Label, value: bytes) -> tuple[str, ...]:
    """Return the six words of `value` as four digits each, from 0001."""
    return tuple(f"{index + 1:04}" for index in spoken_indices(label, value))
