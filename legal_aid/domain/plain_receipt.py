"""Receipts of visitors without scripts: drawn from the visitor's own cookie and the form's number, so that nothing of
them is stored and a double click draws the same eight words twice.

The words stand in no row: whoever has the database has neither the cookie nor the form. Confirming them renews the
cookie, and then nothing can draw them again (sealing.md 5, *Without scripts*).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from hrdplatform.sealing import receipts
from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.labels import derive
from hrdplatform.sealing.receipts import Indices, ReceiptKeys
from hrdplatform.sealing.words import SIZE

from . import installation

LISTED = {"fr": "fr", "de": "de", "en": "en", "pt": "pt"}
DIGITS_FROM = "en"
"""Luxembourgish and Arabic have no word list of their own: four digits stand for each word, in any list."""

PLACES = 4
PATIENCE = 3.0
_stretching = threading.BoundedSemaphore(PLACES)
"""How many receipts are stretched at once in this process, 19 MiB and some 20 ms each, and how many seconds one waits.
"""


class TooBusyError(Exception):
    """Too many receipts are being opened at once; trying again in a moment helps."""


class ReceiptUnreadableError(Exception):
    """What was typed is no receipt: `found` words, those at `places` (from 1) not known. Carries no word."""

    def __init__(self, found: int, places: tuple[int, ...]) -> None:
        super().__init__(f"{found} words")
        self.found = found
        self.places = places


class ReceiptAmbiguousError(Exception):
    """What was typed are words of several languages: she says which."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        super().__init__(", ".join(languages))
        self.languages = languages


@dataclass(frozen=True)
class Shown:
    """A receipt as the page shows it: eight words, or groups of four digits."""

    indices: Indices = field(repr=False)
    words: tuple[str, ...] = field(repr=False)

    def is_word(self, place: int, typed: str) -> bool:
        """Whether `typed` is the word at `place` (from 1), with the tolerance of a returning visit."""
        others = list(self.words)
        others[place - 1] = typed
        try:
            return receipts.parse(" ".join(others))[place - 1] == self.indices[place - 1]
        except SealingError:
            return False


def draw(secret: bytes, form: str, language: str) -> Shown:
    """The receipt that this visitor's secret (32 bytes) and this form make; uniform over all receipts of the list."""
    listed = LISTED.get(language, DIGITS_FROM)
    stream = _indices(secret, form)
    while True:
        indices = tuple(next(stream) for _ in range(receipts.COUNT))
        if not receipts.readable_elsewhere(indices, listed):
            break
    words = receipts.rendered(indices, listed) if language in LISTED else receipts.digits(indices)
    return Shown(indices, words)


def asked_places(form: str) -> tuple[int, int]:
    """Which two words the visitor is asked for; the same two each time for one form."""
    number = int(form[:8], 16)
    first = number % receipts.COUNT
    second = (first + 1 + number // receipts.COUNT % (receipts.COUNT - 1)) % receipts.COUNT
    return min(first, second) + 1, max(first, second) + 1


def read(text: str, language: str = "") -> Indices:
    """The indices of what was typed. Raises `ReceiptUnreadableError`, `ReceiptAmbiguousError`."""
    try:
        return receipts.parse(text[:1000], language or None)
    except receipts.AmbiguousReceiptError as error:
        raise ReceiptAmbiguousError(error.languages) from error
    except receipts.UnreadableReceiptError as error:
        raise ReceiptUnreadableError(error.found, error.places) from error


def stretch(indices: Indices) -> ReceiptKeys:
    """The keys of a receipt: exactly one Argon2id, a few at a time. Raises `TooBusyError`."""
    with _place():
        return receipts.receipt_keys(indices, installation.salt())


@contextmanager
def _place() -> Iterator[None]:
    if not _stretching.acquire(timeout=PATIENCE):
        raise TooBusyError
    try:
        yield
    finally:
        _stretching.release()


def _indices(secret: bytes, form: str) -> Iterator[int]:
    """Numbers below 7,776 without bias: of each u16 those from 62,208 on are passed over."""
    counter = 0
    while True:
        block = derive(secret, f"session/receipt/{form}/{counter}")
        for place in range(0, len(block), 2):
            number = int.from_bytes(block[place : place + 2], "big")
            if number < SIZE * 8:
                yield number % SIZE
        counter += 1
