"""The tree of rich text written as Markdown, in one form only: reading it again gives the same tree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cms.folders.richtext import Item, Listing, Run, Tree


def written(tree: Tree) -> str:
    """Blocks with an empty line between them, without a line feed at the end."""
    return "\n\n".join(
        _listing(part) if isinstance(part, Listing) else _HEADS[part.kind] + _line(part.runs, heading=part.kind != "p")
        for part in tree
    )


_HEADS = {"p": "", "h2": "## ", "h3": "### "}


def _listing(listing: Listing) -> str:
    return "\n".join(
        _item(f"{number}. " if listing.ordered else "- ", item) for number, item in enumerate(listing.items, start=1)
    )


def _item(mark: str, item: Item) -> str:
    """The item with all its lines moved to the right of its mark."""
    lines = [*([_line(item.runs)] if item.runs else []), *map(_listing, item.lists)]
    indent = " " * len(mark)
    return mark + "\n".join(lines).replace("\n", "\n" + indent)


@dataclass(frozen=True)
class _Piece:
    """Letters, or a sign that opens or closes something."""

    text: str
    sign: bool = False
    strict: bool = False
    """A sign that letters of a word may not touch from outside."""


def _line(runs: Sequence[Run], *, heading: bool = False) -> str:
    pieces = [*_pieces(runs)]
    _keep_signs_working(pieces)
    text = "".join(piece.text if piece.sign else _escaped(piece.text) for piece in pieces)
    text = text.replace("\n", "\\\n")
    if heading:
        return re.sub(r"#+$", lambda found: "\\" + found[0], text)
    return "\n".join(_harmless(line) for line in text.split("\n"))


def _pieces(runs: Sequence[Run]) -> list[_Piece]:
    """Links around bold around italic, as `richtext.to_html` nests them."""
    out: list[_Piece] = []
    for href, linked in groupby(runs, key=lambda run: run.href):
        out += [_Piece("[", sign=True)] if href else []
        for bold, heavy in groupby(linked, key=lambda run: run.bold):
            out += [_Piece("**", sign=True)] if bold else []
            for run in heavy:
                mark = [_Piece("_", sign=True, strict=True)] if run.italic else []
                out += [*mark, _Piece(run.text), *mark]
            out += [_Piece("**", sign=True)] if bold else []
        out += [_Piece(f"]({_address(href)})", sign=True)] if href else []
    return out


_ENTITY = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)|&(?=$)")
_ACTIVE = re.compile(r"[\\*`\[\]]|<(?=[A-Za-z/!?]|$)|(?<![^\W_])_|_(?![^\W_])")
_MARKER = re.compile(r"\u0001(\d+);")


def _escaped(text: str) -> str:
    """Letters that would mean something get a backslash; marked letters become references to their number."""
    text = _ENTITY.sub("&amp;", text)
    text = _ACTIVE.sub(lambda found: "\\" + found[0], text)
    return _MARKER.sub(r"&#\1;", text)


_BEGINNINGS = re.compile(r"(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|-+\s*$|=+\s*$|~{3,})")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def _harmless(line: str) -> str:
    """A line that begins like a heading, quote, list or rule, but is none."""
    if _BEGINNINGS.match(line):
        return "\\" + line
    return _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line


def _address(href: str) -> str:
    """An address as it stands between round brackets."""
    plain = re.sub(r"[\s<>]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), href)
    return re.sub(r"([\\()*_`\[\]]|&(?=#?\w+;))", r"\\\1", plain)


def _keep_signs_working(pieces: list[_Piece]) -> None:
    """CommonMark takes `**` and `_` for signs only beside the right letters. Where a letter outside would spoil that,
    it is marked and becomes a reference to its number: such a reference begins and ends with a punctuation mark.
    """
    while any([_kept(pieces, place) for place in range(len(pieces))]):  # noqa: C419  # a mark can spoil another sign
        pass


def _kept(pieces: list[_Piece], place: int) -> bool:
    """Marks the letter outside of one sign where that is needed; whether it was."""
    piece = pieces[place]
    if not piece.sign or piece.text not in {"[", "**", "_"}:
        return False
    before, after = _neighbour(pieces, place, -1), _neighbour(pieces, place, 1)
    if piece.text == "[":
        spoils, opening = before == "!", True
    else:
        opening = _opens(pieces, place)
        outside, inside = (before, after) if opening else (after, before)
        spoils = _in_word(outside) and (piece.strict or not _in_word(inside))
    if spoils:
        _mark(pieces, place + (-1 if opening else 1), last=opening)
    return spoils


def _opens(pieces: list[_Piece], place: int) -> bool:
    """Whether this sign is the first of its pair."""
    text = pieces[place].text
    return sum(piece.sign and piece.text == text for piece in pieces[:place]) % 2 == 0


def _neighbour(pieces: list[_Piece], place: int, step: int) -> str:
    """The letter beside a sign; empty at the edge."""
    if not 0 <= place + step < len(pieces):
        return ""
    text = pieces[place + step].text
    return text[-1] if step < 0 else text[0]


def _in_word(letter: str) -> bool:
    """Neither blank nor punctuation in CommonMark's sense."""
    return letter not in {"", "\u0001"} and not letter.isspace() and unicodedata.category(letter)[0] not in "PS"


def _mark(pieces: list[_Piece], place: int, *, last: bool) -> None:
    text = pieces[place].text
    if last:
        pieces[place] = _Piece(f"{text[:-1]}\u0001{ord(text[-1])};")
    else:
        pieces[place] = _Piece(f"\u0001{ord(text[0])};{text[1:]}")
