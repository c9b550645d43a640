"""Rich text as a small tree: paragraphs, two headings, lists; bold, italic, links, line breaks. And nothing else.

Everything that comes from a folder or goes into one passes through this tree, so no other element can get in. Equal
texts have equal trees: blanks are collapsed, and runs of the same kind are one run.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import groupby
from typing import Final, Literal

Attributes = dict[str, str]
CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
BLANK: Final = " "
"""Blanks that collapse; a no-break space is a letter like others."""
BLANKS: Final = re.compile(r"\s\s+")


@dataclass(frozen=True)
class Run:
    """Letters of one kind. A line feed in `text` is a line break."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or a heading."""

    kind: Literal["p", "h2", "h3"]
    runs: Runs


@dataclass(frozen=True)
class Item:
    """One item of a list: its words, and lists below it."""

    runs: Runs
    lists: tuple[Listing, ...] = ()


@dataclass(frozen=True)
class Listing:
    """A list, with bullets or numbered."""

    ordered: bool
    items: tuple[Item, ...]


Tree = tuple[Paragraph | Listing, ...]


def tidy(runs: Iterable[Run]) -> Runs:
    """The same words in their one form: blanks collapsed, like runs joined.

    A blank is as bold, italic or linked as both its neighbours are, since Markdown has no bold blank at an edge.
    """
    out: list[Run] = []
    before, blank = None, ""
    for run in runs:
        text = CONTROL.sub(" ", run.text)
        words = text.strip()
        if not words:
            blank += text
            continue
        begin = len(text) - len(text.lstrip())
        if before is not None and (between := _blank(blank + text[:begin])):
            out.append(_between(between, before, run))
        out.append(Run(BLANKS.sub(_inner, words), run.bold, run.italic, run.href))
        before, blank = run, text[begin + len(words) :]
    return tuple(
        Run("".join(run.text for run in alike), *kind)
        for kind, alike in groupby(out, key=lambda run: (run.bold, run.italic, run.href))
    )


def _inner(blanks: re.Match[str]) -> str:
    return _blank(blanks[0])


def _blank(text: str) -> str:
    """Line breaks without blanks around them, else one blank; a no-break space is kept as it is."""
    if "\n" in text:
        return "\n" * text.count("\n")
    return re.sub(rf"[{BLANK}]+", " ", text)


def _between(blank: str, left: Run, right: Run) -> Run:
    """The blank, inside the elements that last from the word before it to the word behind it."""
    if left.href != right.href:
        return Run(blank)
    alike = left.bold == right.bold
    return Run(blank, left.bold and right.bold, alike and left.italic and right.italic, left.href)


def to_html(tree: Tree, link: Callable[[str], Attributes] | None = None) -> str:
    """The tree as well-formed XHTML. `link` says which attributes an `a` has for an address."""
    write = link or (lambda href: {"href": href})

    def block(part: Paragraph | Listing) -> str:
        if isinstance(part, Listing):
            name = "ol" if part.ordered else "ul"
            items = (f"<li>{_inline(item.runs, write)}{''.join(map(block, item.lists))}</li>" for item in part.items)
            return f"<{name}>{''.join(items)}</{name}>"
        return f"<{part.kind}>{_inline(part.runs, write)}</{part.kind}>"

    return "".join(map(block, tree))


def _inline(runs: Sequence[Run], link: Callable[[str], Attributes]) -> str:
    """Links around bold around italic, each element once as long as it lasts."""
    out = ""
    for href, linked in groupby(runs, key=lambda run: run.href):
        inner = ""
        for bold, heavy in groupby(linked, key=lambda run: run.bold):
            words = "".join(f"<i>{_letters(run.text)}</i>" if run.italic else _letters(run.text) for run in heavy)
            inner += f"<b>{words}</b>" if bold else words
        attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in link(href).items()) if href else ""
        out += f"<a{attributes}>{inner}</a>" if attributes else inner
    return out


def _letters(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br/>")


def from_html(text: str, link: Callable[[Attributes], str] | None = None) -> Tree:
    """The tree of stored rich text. `link` gives the address of an `a`; other elements leave their words."""
    parser = _Parser(link or (lambda attributes: attributes.get("href", "")))
    parser.feed(text)
    parser.close()
    return parser.tree()


class _Parser(HTMLParser):
    """Collects blocks and runs; every open list is one entry of `lists`."""

    def __init__(self, link: Callable[[Attributes], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.link = link
        self.parts: list[Paragraph | Listing] = []
        self.runs: list[Run] = []
        self.kind: Literal["p", "h2", "h3"] = "p"
        self.bold = self.italic = 0
        self.hrefs: list[str] = []
        self.lists: list[tuple[bool, list[Item]]] = []

    def tree(self) -> Tree:
        while self.lists:
            self._end_list()
        self._end_block()
        return joined(self.parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "div" | "blockquote":
                self._end_block()
                self.kind = "h2" if tag == "h2" else "h3" if tag == "h3" else "p"
            case "ul" | "ol":
                self._end_block()
                self.lists.append((tag == "ol", []))
            case "li":
                self._end_block()
                if not self.lists:
                    self.lists.append((False, []))
                self.lists[-1][1].append(Item(()))
            case "b" | "strong":
                self.bold += 1
            case "i" | "em":
                self.italic += 1
            case "a":
                self.hrefs.append(self.link({name: value or "" for name, value in attrs}))
            case "br":
                self.runs.append(self._run("\n"))

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "div" | "blockquote" | "li":
                self._end_block()
                self.kind = "p"
            case "ul" | "ol":
                self._end_block()
                self._end_list()
            case "b" | "strong":
                self.bold = max(0, self.bold - 1)
            case "i" | "em":
                self.italic = max(0, self.italic - 1)
            case "a":
                if self.hrefs:
                    self.hrefs.pop()

    def handle_data(self, data: str) -> None:
        self.runs.append(self._run(data.replace("\n", " ")))

    def _run(self, text: str) -> Run:
        return Run(text, bool(self.bold), bool(self.italic), self.hrefs[-1] if self.hrefs else "")

    def _end_block(self) -> None:
        runs, self.runs = tidy(self.runs), []
        if not runs:
            return
        if self.lists and self.lists[-1][1]:
            items = self.lists[-1][1]
            together = (*items[-1].runs, Run("\n"), *runs) if items[-1].runs else runs
            items[-1] = replace(items[-1], runs=tidy(together))
        else:
            self.parts.append(Paragraph(self.kind, runs))

    def _end_list(self) -> None:
        if not self.lists:
            return
        ordered, items = self.lists.pop()
        done = Listing(ordered, tuple(item for item in items if item.runs or item.lists))
        if not done.items:
            return
        if self.lists and self.lists[-1][1]:
            above = self.lists[-1][1]
            above[-1] = replace(above[-1], lists=(*above[-1].lists, done))
        else:
            self.parts.append(done)


def joined(parts: Iterable[Paragraph | Listing]) -> Tree:
    """Neighbouring lists of one kind are one list: Markdown cannot tell them apart. A heading has one line."""
    out: list[Paragraph | Listing] = []
    for ordered, alike in groupby(parts, key=lambda part: part.ordered if isinstance(part, Listing) else None):
        items: list[Item] = []
        for part in alike:
            if isinstance(part, Listing):
                items += (Item(item.runs, _lists(item.lists)) for item in part.items)
            elif part.kind != "p":
                line = (replace(run, text=run.text.replace("\n", " ")) for run in part.runs)
                out.append(Paragraph(part.kind, tidy(line)))
            else:
                out.append(part)
        if ordered is not None:
            out.append(Listing(ordered, tuple(items)))
    return tuple(out)


def _lists(lists: tuple[Listing, ...]) -> tuple[Listing, ...]:
    return tuple(part for part in joined(lists) if isinstance(part, Listing)) if lists else ()
