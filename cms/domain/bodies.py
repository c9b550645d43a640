"""Bodies between sheets and pages: what the editor stores on one side, what a folder says on the other."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any, Final

import nh3
from django.db.models import Q
from wagtail.models import Page

from cms.domain.enclosures import FOLDER, Enclosures, Names
from cms.folders.richtext import Attributes, from_html, to_html
from cms.folders.sheets import Block, Body
from cms.models import Term
from hrdplatform.media.models import PlatformVideo
from hrdplatform.web.addresses import SCHEMES

Raw = list[dict[str, Any]]
LISTS: Final = {"steps": "steps", "accordion": "items", "checklist": "items", "question": "answers"}
"""The field of a block that holds its list."""
ROOTS: Final = {"steps", "accordion"}
"""Blocks that are nothing but their list."""
RICH: Final = frozenset({"callout", "steps", "accordion", "checklist"})
"""Blocks whose `text` is rich."""
CHOSEN: Final = {"image": ("file",), "download": ("file",), "term": ("term",), "video": ("title",)}
"""Blocks that show something that stands elsewhere, and the field that says what."""
AT_ONCE: Final = 500
"""Addresses in one question."""
TAGS: Final = {"p", "h2", "h3", "ul", "ol", "li", "b", "i", "a", "br"}


def stored_html(html: str, key: Callable[[str], int | None], pages: Mapping[str, int] = MappingProxyType({})) -> str:
    """Rich text as it is stored, cleaned once more: links to pages and documents by number. `key` finds a document,
    `pages` has the numbers of what `reachable` let through.
    """

    def link(href: str) -> Attributes:
        if href.startswith(FOLDER):
            number = key(href)
            return {"linktype": "document", "id": str(number)} if number else {}
        return {"linktype": "page", "id": str(pages[href])} if href in pages else {"href": href}

    written = to_html(from_html(html), link)
    return nh3.clean(
        written, tags=TAGS, attributes={"a": {"href", "linktype", "id"}}, url_schemes=set(SCHEMES), link_rel=None
    )


def reachable(addresses: Iterable[str], own: Sequence[str]) -> dict[str, int]:
    """The pages at these addresses that a writer may know of: address -> number.

    That is what is live or stands below one of the tree's `own` paths; of other people's drafts nothing is told, not
    even that they are there.
    """
    known = Q(live=True)
    for path in own:
        known |= Q(path__startswith=path)
    found: dict[str, int] = {}
    ordered = sorted(addresses)
    for begin in range(0, len(ordered), AT_ONCE):
        pages = Page.objects.filter(known, url_path__in=ordered[begin : begin + AT_ONCE]).order_by("-path")
        found |= dict(pages.values_list("url_path", "pk"))
    return found


def told_html(html: str, names: Names, pages: dict[int, str]) -> str:
    """Stored rich text as a sheet says it: links by address. `pages` keeps what was asked for once."""

    def link(attributes: Attributes) -> str:
        key = int(attributes["id"]) if attributes.get("id", "").isdigit() else None
        match attributes.get("linktype"):
            case "document":
                return names.name("document", key)
            case "page":
                if key is not None and key not in pages:
                    pages[key] = str(Page.objects.filter(pk=key).values_list("url_path", flat=True).first() or "")
                return pages[key] if key is not None else ""
        return attributes.get("href", "")

    return to_html(from_html(html, link))


@dataclass(frozen=True)
class Storing:
    """A body of a sheet on its way into a page."""

    enclosures: Enclosures
    terms: Mapping[str, int]
    pages: Mapping[str, int]
    """As `reachable` answers."""

    def raw(self, body: Body, films: Sequence[int]) -> Raw:
        """Blocks as the editor stores them, items with new ids. `films` are the videos in their order."""
        following = iter(films)
        return [
            {
                "type": block.kind,
                "value": {"video": next(following)} if block.kind == "video" else self._value(block.kind, block.value),
            }
            for block in body
        ]

    def html(self, html: str) -> str:
        return stored_html(html, self.enclosures.key, self.pages)

    def _value(self, kind: str, value: Any) -> Any:
        if kind == "text":
            return self.html(value)
        if kind in CHOSEN:
            return self._chosen(kind, value)
        fields = {LISTS[kind]: value} if kind in ROOTS else dict(value)
        if kind in LISTS:
            fields[LISTS[kind]] = [
                {"type": "item", "value": self._row(kind, row), "id": str(uuid.uuid4())} for row in fields[LISTS[kind]]
            ]
            return fields
        return self._row(kind, fields)

    def _chosen(self, kind: str, value: dict[str, Any]) -> dict[str, Any]:
        match kind:
            case "image":
                alt = {"decorative": value["decorative"], "alt_text": value["alt"]}
                return {"image": self.enclosures.key(value["file"]), **alt}
            case "download":
                return {"document": self.enclosures.key(value["file"]), "label": value["label"]}
        return {"term": self.terms.get(value["term"])}

    def _row(self, kind: str, row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "text": self.html(row["text"])} if kind in RICH else row


@dataclass(frozen=True)
class Telling:
    """A body of a page on its way into a sheet."""

    names: Names
    pages: dict[int, str] = field(default_factory=dict)
    """Number -> address of those asked for so far."""

    def body(self, raw: Raw) -> Body:
        """Blocks as a folder says them; neighbouring texts are one, what stands for nothing any more is left out."""
        body: Body = []
        for block in raw:
            kind, value = block["type"], self._value(block["type"], block["value"])
            if kind == "text" and body and body[-1].kind == "text":
                body[-1] = Block("text", to_html(from_html(body[-1].value + value)))
            elif value not in ("", None):
                body.append(Block(kind, value))
        return body

    def html(self, html: str) -> str:
        return told_html(html, self.names, self.pages)

    def _value(self, kind: str, value: Any) -> Any:
        if kind == "text":
            return self.html(value)
        if kind in CHOSEN:
            told = self._chosen(kind, _plain(value))
            return told if all(told[name] for name in CHOSEN[kind]) else None
        fields = {name: part for name, part in value.items() if name != LISTS.get(kind)}
        if kind not in LISTS:
            return self._row(kind, fields)
        rows = [self._row(kind, item["value"]) for item in value[LISTS[kind]]]
        return rows if kind in ROOTS else {**_plain(fields), LISTS[kind]: rows}

    def _chosen(self, kind: str, value: dict[str, Any]) -> dict[str, Any]:
        match kind:
            case "image":
                decorative = bool(value["decorative"])
                alt = "" if decorative else value["alt_text"]
                return {"file": self.names.name("image", value["image"]), "alt": alt, "decorative": decorative}
            case "download":
                return {"file": self.names.name("document", value["document"]), "label": value["label"]}
            case "term":
                return {"term": Term.objects.filter(pk=value["term"]).values_list("slug", flat=True).first()}
        return {"title": PlatformVideo.objects.filter(pk=value["video"]).values_list("title", flat=True).first()}

    def _row(self, kind: str, row: dict[str, Any]) -> dict[str, Any]:
        told = _plain(row)
        return {**told, "text": self.html(row["text"])} if kind in RICH else told


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Texts without blanks around them."""
    return {
        name: value.replace("\r\n", "\n").strip() if isinstance(value, str) else value for name, value in row.items()
    }


def with_ids(raw: Raw, before: Raw) -> Raw:
    """The new blocks with the ids of the old ones that they are or replace: translations hang on these ids."""

    def sign(block: dict[str, Any]) -> str:
        return json.dumps([block["type"], without_ids(block["value"])], sort_keys=True, default=str)

    out = [dict(block) for block in raw]
    matcher = SequenceMatcher(None, [sign(block) for block in before], [sign(block) for block in raw], autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            out[begin:end] = before[first:last]
            continue
        free = list(before[first:last])
        for block in out[begin:end]:
            old = next((one for one in free if one["type"] == block["type"]), None)
            if old is not None:
                free.remove(old)
                block["id"] = old.get("id") or str(uuid.uuid4())
                _item_ids(block, old)
    return out


def _item_ids(block: dict[str, Any], old: dict[str, Any]) -> None:
    """Items keep their ids by their place in the list."""
    name = LISTS.get(block["type"])
    if name:
        for item, other in zip(block["value"][name], old["value"].get(name, []), strict=False):
            if other.get("id"):
                item["id"] = other["id"]


def without_ids(value: Any) -> Any:
    """The value as a folder could say it."""
    if isinstance(value, dict):
        return {name: without_ids(part) for name, part in value.items() if name != "id" or "type" not in value}
    return [without_ids(part) for part in value] if isinstance(value, list) else value
