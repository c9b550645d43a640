"""What somebody typed, as words: cut to a bearable length, compared without accents, near ones recognised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

LONGEST: Final = 200
"""Characters of a question that are looked at."""

MOST: Final = 8
"""Words of a question that are looked for."""

ENOUGH: Final = 0.45
"""From this likeness on, a title is worth proposing to somebody who found nothing."""

_WORD = re.compile(r"[^\W_]+")


def _accents() -> dict[str, str]:
    """Every Latin letter with a mark on it, and the letter without."""
    marked = (chr(code) for code in range(0xC0, 0x250))
    bare = {letter: unicodedata.normalize("NFD", letter)[0] for letter in marked}
    return {letter: plain for letter, plain in bare.items() if plain.isascii() and plain != letter}


ACCENTS: Final = _accents()
"""One letter for one letter, so that the database can do the same with `translate`."""

_TABLE = str.maketrans(ACCENTS)


def fold(text: str) -> str:
    """The text in small letters without accents; as long as it was.

    >>> fold("Déi Éischt Hëllef")
    'dei eischt hellef'
    """
    return "".join(letter.lower()[:1] or letter for letter in text).translate(_TABLE)


def words_of(text: str) -> list[str]:
    """The words of a question. What stands before an apostrophe alone says nothing.

    >>> words_of("l’avocat, d'office!")
    ['avocat', 'office']
    """
    found = _WORD.findall(text[:LONGEST])
    return ([word for word in found if len(word) > 1] or found)[:MOST]


def bearable(text: str) -> str:
    """A question as the database can take it: not endless, and without the quotes that SQLite's search would take for
    its own.

    >>> bearable('"avocat" office')
    'avocat office'
    """
    return " ".join(text[:LONGEST].replace('"', " ").split())


def fits(folded: str, word: str) -> bool:
    """Whether a folded word of a text is what was looked for, or another form of it.

    >>> fits("telephones", "telephone"), fits("telephone", "telephones"), fits("tel", "telephone")
    (True, True, False)
    """
    if folded.startswith(word):
        return True
    stem = max(4, len(word) - 2)
    return len(folded) >= stem and folded[:stem] == word[:stem]


@lru_cache(maxsize=8192)
def pieces(word: str) -> frozenset[str]:
    """The overlapping threes of letters of a folded word, its beginning and end included."""
    framed = f"  {word} "
    return frozenset(framed[place : place + 3] for place in range(len(framed) - 2))


def likeness(one: str, other: str) -> float:
    """How much two folded words share: 1 for the same, 0 for nothing in common (Dice's coefficient)."""
    first, second = pieces(one), pieces(other)
    return 2 * len(first & second) / (len(first) + len(second))


def nearest(words: Iterable[str], titles: Iterable[str], *, most: int) -> list[int]:
    """The places of the titles that come nearest to the words, the best first."""
    wanted = [fold(word) for word in words]
    scored = []
    for place, title in enumerate(titles):
        own = _WORD.findall(fold(title))
        score = max((likeness(word, mine) for word in wanted for mine in own), default=0.0)
        if score >= ENOUGH:
            scored.append((-score, place))
    return [place for _score, place in sorted(scored)[:most]]
