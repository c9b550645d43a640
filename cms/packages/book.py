"""The book: a live course with its lessons as clean XHTML, its pictures and its documents."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final

from hrdplatform.web.languages import RIGHT_TO_LEFT

NAMED: Final = re.compile(r'(href|src)="(chapter|picture|file):([^"]*)"')
NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0, production 2: letters that no XML has."""

Resolver = Callable[[str, str], str]
"""Kind (`chapter`, `picture`, `file`) and name -> where the writer puts it."""


@dataclass(frozen=True)
class Chapter:
    """One page of the book. `name` is its file's name without ending; `depth` is 1 for what stands inside a module."""

    name: str
    title: str
    body: str
    depth: int = 0
    kind: str = "lesson"
    minutes: int = 0

    def resolved(self, resolve: Resolver) -> str:
        """The body with addresses in place of names."""
        return NAMED.sub(lambda found: f'{found[1]}="{resolve(found[2], found[3])}"', self.body)


@dataclass(frozen=True)
class Enclosed:
    """A picture or document: its bytes when they are wanted, and where it stands on the platform."""

    name: str
    read: Callable[[], bytes]
    address: str = ""


@dataclass(frozen=True)
class Book:
    """A course at one moment. Equal courses give equal books, and equal books equal files."""

    key: uuid.UUID
    slug: str
    title: str
    lead: str
    language: str
    publisher: str
    contributors: str
    licence: str
    modified: datetime
    checked_on: date | None
    address: str
    chapters: list[Chapter] = field(default_factory=list)
    pictures: list[Enclosed] = field(default_factory=list)
    files: list[Enclosed] = field(default_factory=list)

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def modified_at(self) -> str:
        """As EPUB writes it: to the second, in UTC."""
        return self.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def identifier(self) -> str:
        """The same for every edition of the course in this language."""
        return f"urn:uuid:{uuid.uuid5(self.key, self.language)}"

    def contents(self) -> list[tuple[Chapter, list[Chapter]]]:
        """The chapters in order, each with the lessons below it."""
        out: list[tuple[Chapter, list[Chapter]]] = []
        for chapter in self.chapters:
            if chapter.depth and out:
                out[-1][1].append(chapter)
            else:
                out.append((chapter, []))
        return out


def clean(text: str) -> str:
    """The text without letters that no XML has."""
    return NOT_XML.sub("", text)
