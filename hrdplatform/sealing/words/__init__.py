"""The word lists of receipts and passphrases: what stands on a defender's paper in place of numbers.

Line n of a list (from 0) is the word of index n, so a list may never change: each is frozen by the hash of its file and
checked whenever the program starts, since a single word moved would lock out everybody who noted it.
Sources and licences of the lists: LICENCES.md beside this file.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from hrdplatform.sealing.errors import SealingError

SIZE = 7776
"""Entries of each list, 6**5: a word is worth 12.9 bits."""
SHORTEST_PREFIX = 4
FOLDED_WORD = re.compile(r"[a-z]{3,9}")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})

FROZEN = {
    "en": "aa55650ee0e25cec146f503c01e6e967b82af2ae9556b0270d759d677007dc22",
    "fr": "c631bfe695923efccb349b079131655c88f8833df325773670b8808a69de0fd5",
    "de": "e2f82b1059af4286a993678c4fb317d436fd4ec1e608ad4c80f30979e520b828",
    "pt": "48b5de26219121b4cdb909d651880cc2a8712fe511ddeac4bcec171ac3791c1f",
}
"""SHA-256 of each list's file. The order is the order in which languages are offered."""


class WordListError(SealingError):
    """A word list is not the one that receipts were made with: the program must not start."""


def fold(text: str) -> str:
    """Return `text` as it is compared: lower case, NFKD, marks removed, œ æ ß written out. `Forêt` -> `foret`."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(part for part in parts if not unicodedata.category(part).startswith("M")).translate(LIGATURES)


@dataclass(frozen=True)
class WordList:
    """The 7,776 words of one language, as they are shown."""

    language: str
    words: tuple[str, ...]

    @cached_property
    def indices(self) -> dict[str, int]:
        """The index of each folded word."""
        return {fold(word): index for index, word in enumerate(self.words)}

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.indices)

    def find(self, typed: str) -> int | None:
        """Return the index of a typed word: the exact one, else the only one that begins with its four or more letters.

        None when no word or more than one is meant. Case, accents and ligatures do not matter.
        """
        folded = fold(typed)
        if folded in self.indices:
            return self.indices[folded]
        if len(folded) < SHORTEST_PREFIX:
            return None
        place = bisect_left(self._sorted, folded)
        meant = [word for word in self._sorted[place : place + 2] if word.startswith(folded)]
        return self.indices[meant[0]] if len(meant) == 1 else None


def checked(language: str, content: bytes, frozen: str) -> WordList:
    """Return the list in `content` (UTF-8, one word a line).

    Raises WordListError unless its SHA-256 is `frozen` and it has exactly 7,776 words distinct after folding.
    """
    if sha256(content).hexdigest() != frozen:
        raise WordListError(f"word list {language} is not the frozen one")
    words = WordList(language, tuple(content.decode("utf-8").splitlines()))
    if len(words.words) != SIZE or len(words.indices) != SIZE:
        raise WordListError(f"word list {language} has {len(words.indices)} distinct words, not {SIZE}")
    if not all(FOLDED_WORD.fullmatch(word) for word in words.indices):
        raise WordListError(f"word list {language} has a word that nobody can type")
    return words


def _loaded() -> dict[str, WordList]:
    folder = Path(__file__).parent
    return {
        language: checked(language, (folder / f"{language}.txt").read_bytes(), frozen)
        for language, frozen in FROZEN.items()
    }


LISTS = _loaded()
"""The list of each language: `en`, `fr`, `de`, `pt`."""
