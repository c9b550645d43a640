"""YAML nodes read by their shape, and values written back. What is wrong is said with its line and what is allowed."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from cms.folders import shapes
from cms.folders.errors import Place
from cms.folders.mappings import Node, line_of
from cms.folders.markdown import Noter, Reader
from cms.folders.markdown_out import written
from cms.folders.richtext import from_html, to_html
from cms.folders.shapes import Shape

SLUG: Final = re.compile(r"[\w-]{1,255}")
TRUE: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
NULL: Final = "tag:yaml.org,2002:null"
LONG: Final = 80
"""Letters of a name that are shown; longer ones are not compared."""
MOST_COMPARED: Final = 5
"""Names that another may have been meant to be."""


Lookup = Callable[[str, str, Place], bool]
"""Whether something of a kind (a `topic`, an `image` in `media/`) is there under this name; if not, that is said."""


@dataclass(frozen=True)
class Values:
    """Reads nodes of one file, whose YAML begins at `place`."""

    place: Place
    note: Noter
    known: Lookup
    lines: dict[str, int] = field(default_factory=dict)
    """Where each field of the outermost mapping stands."""

    def root(self, shape: shapes.Fields, node: Node) -> dict[str, Any]:
        """As `read`, for a whole file or front matter."""
        if isinstance(node, yaml.MappingNode):
            self.lines.update({str(key.value): line_of(key, self.place).line for key, _value in node.value})
        return self._fields(shape, node)

    def read(self, shape: Shape, node: Node) -> Any:
        """The value of `node`; an empty one of the right kind where it is wrong, which is said."""
        if isinstance(shape, shapes.Fields):
            return self._fields(shape, node)
        if isinstance(shape, shapes.Rows):
            return self._rows(shape, node)
        here = line_of(node, self.place)
        if not isinstance(node, yaml.ScalarNode):
            here.say(_("One value is expected here, not a list and not further fields."))
            return empty(shape)
        text = "" if node.tag == NULL else node.value.strip()
        if isinstance(shape, shapes.Rich):
            return self._rich(shape, node, text)
        if isinstance(shape, shapes.Named | shapes.File):
            return self._name(shape, text, here)
        return READERS[type(shape)](shape, text, here)

    def _name(self, shape: shapes.Named | shapes.File, text: str, here: Place) -> str:
        if not text:
            if needed(shape):
                here.say(_("Here words are missing."))
            return ""
        return text if self.known(shape.kind, text, here) else ""

    def _rich(self, shape: shapes.Rich, node: Any, text: str) -> str:
        begin = line_of(node, self.place)
        inside = begin.at(begin.line + 1) if node.style in {"|", ">"} else begin
        found = Reader(inside, shape.features, self.note).read(text)
        if shape.needed and not found:
            begin.say(_("Here words are missing."))
        return to_html(found[0]) if found and isinstance(found[0], tuple) else ""

    def _fields(self, shape: shapes.Fields, node: Node) -> dict[str, Any]:
        here = line_of(node, self.place)
        if not isinstance(node, yaml.MappingNode):
            here.say(_("Fields are expected here: %(known)s.") % {"known": ", ".join(shape.fields)})
            return empty(shape)  # type: ignore[no-any-return]  # a mapping for fields
        values: dict[str, Any] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in shape.fields:
                line_of(key, self.place).say(unknown(str(name), shape.fields))
            elif name in values:
                line_of(key, self.place).say(_("“%(name)s” stands here twice.") % {"name": name})
            else:
                values[name] = self.read(shape.fields[name], value)
        for name, inner in shape.fields.items():
            if name not in values:
                if needed(inner):
                    here.say(_("“%(name)s” is missing.") % {"name": name})
                values[name] = empty(inner)
        return {name: values[name] for name in shape.fields}

    def _rows(self, shape: shapes.Rows, node: Node) -> list[Any]:
        here = line_of(node, self.place)
        if isinstance(node, yaml.ScalarNode) and node.tag == NULL:
            rows: list[Any] = []
        elif isinstance(node, yaml.SequenceNode):
            rows = [self.read(shape.row, row) for row in node.value]
        else:
            here.say(_("A list is expected here: each line begins with “- ”."))
            return []
        if not shape.least <= len(rows) <= shape.most:
            here.say(
                _("From %(least)s to %(most)s of these, not %(count)s.")
                % {"least": shape.least, "most": shape.most, "count": len(rows)}
            )
        if shape.altogether and len("\n".join(map(str, rows))) > shape.altogether:
            here.say(_("Together these have more than %(most)s letters.") % {"most": shape.altogether})
        return rows


def unknown(name: str, known: Iterable[str]) -> str:
    """The sentence for a name that is not among the known ones, with the nearest of them."""
    near = nearest(name, known)
    if near:
        return _("“%(name)s” is not known. Do you mean “%(near)s”?") % {"name": name, "near": near}
    some = ", ".join(sorted(known)[:30]) or "-"
    return _("“%(name)s” is not known. Known are: %(known)s.") % {"name": name[:LONG], "known": some}


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like this one, if any is. To compare two names takes time by the square of their
    lengths and more, so that only those are compared that have most pairs of letters in common, and no long ones.
    """
    short = [one for one in known if len(one) <= LONG] if len(name) <= LONG else []
    parts = pairs(name)
    alike = nlargest(MOST_COMPARED, short, key=lambda one: len(parts & pairs(one)))
    return next(iter(get_close_matches(name, alike, 1)), "")


@lru_cache(maxsize=4096)
def pairs(name: str) -> frozenset[str]:
    """The letters of a name two by two."""
    return frozenset(name[place : place + 2] for place in range(len(name)))


def _words(shape: shapes.Words, text: str, here: Place) -> str:
    if not text and shape.needed:
        here.say(_("Here words are missing."))
    if "\n" in text and not shape.lines:
        here.say(_("This is one line only."))
    if shape.most and len(text) > shape.most:
        here.say(_("%(count)s letters. The most is %(most)s.") % {"count": len(text), "most": shape.most})
    return text


def _choice(shape: shapes.Choice, text: str, here: Place) -> str:
    if text in shape.values or (text == "" and shape.default is not None):
        return text or shape.default or ""
    here.say(unknown(text, shape.values))
    return shape.values[0]


def _flag(_shape: shapes.Flag, text: str, here: Place) -> bool:
    if text.lower() not in TRUE:
        here.say(_("Write true or false."))
    return TRUE.get(text.lower(), False)


def _number(shape: shapes.Number, text: str, here: Place) -> int:
    if re.fullmatch(r"\d{1,6}", text) and shape.least <= int(text) <= shape.most:
        return int(text)
    here.say(_("Write a number from %(least)s to %(most)s.") % {"least": shape.least, "most": shape.most})
    return shape.default


def _day(_shape: shapes.Day, text: str, here: Place) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        here.say(_("Write a day as 2026-10-03."))
        return None


def _key(_shape: shapes.Key, text: str, here: Place) -> uuid.UUID | None:
    if not text:
        return None
    if re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text):
        return uuid.UUID(text)
    here.say(_("A key looks like 6f1c2a34-9a3f-4e0e-8d55-0b1f6f2f7c11. Without this line one is made."))
    return None


def _slug(shape: shapes.Slug, text: str, here: Place) -> str:
    if not SLUG.fullmatch(text) and (text or shape.needed):
        here.say(_("A short name has letters, numbers and - only."))
    return text


READERS: Final[dict[type, Callable[[Any, str, Place], Any]]] = {
    shapes.Words: _words,
    shapes.Choice: _choice,
    shapes.Flag: _flag,
    shapes.Number: _number,
    shapes.Day: _day,
    shapes.Key: _key,
    shapes.Slug: _slug,
}


def needed(shape: Shape) -> bool:
    """Whether a field may not be missing."""
    match shape:
        case shapes.Words() | shapes.Rich() | shapes.Named() | shapes.Slug():
            return shape.needed
        case shapes.Choice():
            return shape.default is None
        case shapes.Rows():
            return shape.least > 0
    return isinstance(shape, shapes.File)


def empty(shape: Shape) -> Any:
    """The value of a field that is not there."""
    match shape:
        case shapes.Fields():
            return {name: empty(inner) for name, inner in shape.fields.items()}
        case shapes.Rows():
            return []
        case shapes.Choice() | shapes.Number():
            return shape.default if shape.default is not None else shape.values[0]
        case shapes.Flag():
            return False
        case shapes.Day() | shapes.Key():
            return None
    return ""


def plain(shape: Shape, value: Any) -> Any:
    """The value as YAML writes it: fields that are empty are left out."""
    match shape:
        case shapes.Fields():
            return {name: plain(inner, value[name]) for name, inner in shape.fields.items() if told(inner, value[name])}
        case shapes.Rows():
            value = [plain(shape.row, row) for row in value]
        case shapes.Rich():
            value = _block(written(from_html(value)))
        case shapes.Words():
            value = _block(value)
        case shapes.Key():
            value = str(value)
        case shapes.Choice() if value.isdigit():
            value = int(value)
    return value


def told(shape: Shape, value: Any) -> bool:
    """Whether a field is written: it has to be there, or it says something."""
    return needed(shape) or (isinstance(shape, shapes.Flag) and shape.needed) or value != empty(shape)


def _block(text: str) -> str:
    """With a line feed at the end where there are several lines, as an editor of texts leaves it."""
    return f"{text}\n" if "\n" in text else text
