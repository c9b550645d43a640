"""Markdown read into the tree of rich text: CommonMark, of which headings, lists, bold, italic, links and line breaks
are taken. Everything else is said with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cms.folders.errors import Place
from cms.folders.richtext import Item, Listing, Paragraph, Run, Runs, Tree, joined, tidy

DEEPEST: Final = 5
"""How deep the editor puts lists into lists: Draftail's `maxListNesting` of 4 below the first."""

ADDRESS: Final = re.compile(r"(https?://[^\s/]|mailto:[^\s@]+@|tel:\+?[0-9]|#[^\s]|/(?!/)|media/[^\s])", re.IGNORECASE)
"""What links may lead to. Anything else (`javascript:`, `data:`, another relative path) is refused."""

Noter = Callable[[str, Place], None]
"""Told of each address in a text, with its place: whether a file in `media/` is there is for the reader to say."""


@dataclass(frozen=True)
class Fence:
    """A block between fences: its kind, what stands in it, and the line on which that begins."""

    kind: str
    content: str
    line: int


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").disable("reference")
    parser.validateLink = bool  # type: ignore[method-assign, assignment]  # addresses are judged below, with a line
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # as they were written
    return parser


PARSER: Final = _parser()


@dataclass
class Reader:
    """Reads one text. `features` are the editor's names of what it may hold; fences only where it is a body."""

    place: Place
    features: frozenset[str]
    note: Noter
    fences: bool = False

    def read(self, text: str) -> list[Tree | Fence]:
        """Trees of rich text and the blocks between them, in order."""
        self.first, self.lines = self.place.line, text.split("\n")
        tokens = PARSER.parse(text)
        found: list[Tree | Fence] = []
        parts: list[Paragraph | Listing] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "fence" and self.fences:
                if parts:
                    found.append(joined(parts))
                    parts = []
                found.append(self._fence(token))
                position += 1
            else:
                part, position = self._part(tokens, position)
                parts += [part] if part else []
        return [*found, joined(parts)] if parts else found

    def _at(self, token: Token, more: int = 0) -> Place:
        return self.place.at(self.first + (token.map[0] if token.map else 0) + more)

    def _fence(self, token: Token) -> Fence:
        begin, end = token.map or [0, 0]
        last = self.lines[end - 1] if 0 < end <= len(self.lines) else ""
        if end - begin < 2 or not last.strip().startswith(token.markup):
            self._at(token).say(_("This block is not closed: a line with %(fence)s ends it.") % {"fence": token.markup})
        return Fence(token.info.strip(), token.content, self.first + begin + 1)

    def _part(self, tokens: list[Token], position: int) -> tuple[Paragraph | Listing | None, int]:
        """The block that begins at `position`, and the position behind it."""
        token = tokens[position]
        match token.type:
            case "paragraph_open":
                return Paragraph("p", self._inline(tokens[position + 1])), position + 3
            case "heading_open":
                return self._heading(token, tokens[position + 1]), position + 3
            case "bullet_list_open" | "ordered_list_open":
                return self._listing(tokens, position, 1)
            case _:
                self._at(token).say(str(REFUSALS.get(token.type, REFUSALS["hr"])))
                return None, _behind(tokens, position)

    def _heading(self, token: Token, inline: Token) -> Paragraph:
        runs = self._inline(inline)
        if token.tag == "h2" and "h2" in self.features:
            return Paragraph("h2", runs)
        if not self.features & {"h2", "h3"}:
            self._at(token).say(_("No headings here."))
        elif token.tag != "h3":
            known = "## / ###" if "h2" in self.features else "###"
            self._at(token).say(_("Headings here begin with %(known)s.") % {"known": known})
        return Paragraph("h3", runs)

    def _listing(self, tokens: list[Token], position: int, depth: int) -> tuple[Listing, int]:
        opening = tokens[position]
        ordered = opening.type == "ordered_list_open"
        if ("ol" if ordered else "ul") not in self.features:
            kind = _("No numbered lists here.") if ordered else _("No lists here.")
            self._at(opening).say(kind)
        if depth > DEEPEST:
            self._at(opening).say(_("Lists stand at most %(most)s deep in each other.") % {"most": DEEPEST})
        items: list[Item] = []
        position += 1
        while tokens[position].type == "list_item_open":
            item, position = self._item(tokens, position, depth)
            items.append(item)
        return Listing(ordered, tuple(items)), position + 1

    def _item(self, tokens: list[Token], position: int, depth: int) -> tuple[Item, int]:
        runs: Runs = ()
        lists: list[Listing] = []
        position += 1
        while tokens[position].type != "list_item_close":
            token = tokens[position]
            if token.type.endswith("_list_open"):
                listing, position = self._listing(tokens, position, depth + 1)
                lists.append(listing)
                continue
            if token.type == "paragraph_open" and not runs and not lists:
                runs = self._inline(tokens[position + 1])
            elif token.type == "paragraph_open":
                self._at(token).say(_("An item of a list is one paragraph, and lists below it."))
            else:
                self._at(token).say(str(REFUSALS.get(token.type, REFUSALS["hr"])))
            position = _behind(tokens, position)
        return Item(runs, tuple(lists)), position + 1

    def _inline(self, inline: Token) -> Runs:
        runs: list[Run] = []
        bold = italic = line = 0
        href = ""
        for token in inline.children or []:
            match token.type:
                case "text" | "text_special":
                    runs.append(Run(token.content, bold > 0, italic > 0, href))
                case "softbreak":
                    runs.append(Run(" ", bold > 0, italic > 0, href))
                    line += 1
                case "hardbreak":
                    runs.append(Run("\n", bold > 0, italic > 0, href))
                    line += 1
                case "strong_open" | "strong_close":
                    bold += token.nesting
                case "em_open" | "em_close":
                    italic += token.nesting
                case "link_open":
                    href = self._address(token, self._at(inline, line))
                case "link_close":
                    href = ""
                case _:
                    self._at(inline, line).say(str(REFUSALS.get(token.type, REFUSALS["hr"])))
        return tidy(runs)

    def _address(self, token: Token, place: Place) -> str:
        href = str(token.attrGet("href") or "")
        if token.attrGet("title"):
            place.say(_("A link has no title in quotation marks."))
        if ADDRESS.match(href):
            self.note(href, place)
            return href
        place.say(
            _("A link cannot lead to “%(address)s”. It begins with %(known)s.")
            % {"address": href[:80], "known": "https:, http:, mailto:, tel:, /, #, media/"}
        )
        return ""


REFUSALS: Final = {
    "html_block": gettext_lazy("HTML is not taken. Write it in Markdown; a bare < is written \\<."),
    "html_inline": gettext_lazy("HTML is not taken. Write it in Markdown; a bare < is written \\<."),
    "blockquote_open": gettext_lazy("A quote is a block of its own: ```quote."),
    "image": gettext_lazy("A picture is a block of its own: ```image."),
    "fence": gettext_lazy("A block stands by itself in the text of a page, not in a list or in another block."),
    "code_block": gettext_lazy(
        "Four blanks at the beginning of a line mean something else in Markdown. Take them away."
    ),
    "code_inline": gettext_lazy("Backticks are not taken. Write the words in bold, or a backtick as \\`."),
    "hr": gettext_lazy("A line across is not taken."),
}
"""Why something that Markdown knows is not taken."""


def _behind(tokens: list[Token], position: int) -> int:
    """The position behind the block that begins at `position`."""
    depth = 0
    while True:
        depth += tokens[position].nesting
        position += 1
        if depth <= 0:
            return position
