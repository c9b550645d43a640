"""What may stand where in a folder: one description, by which YAML is read, checked and written.

The lengths are those of the editor's fields; `tests/cms/test_folder_format.py` holds them against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cms.blocks.plain import TEXT, WORDS
from cms.models.course import NOTES
from cms.states import Audience, Level, Licence


@dataclass(frozen=True)
class Words:
    """Plain text; of one line unless `lines`."""

    most: int = 0
    needed: bool = True
    lines: bool = False


@dataclass(frozen=True)
class Rich:
    """Markdown; `features` are the editor's names of what it may hold."""

    features: frozenset[str]
    needed: bool = True


@dataclass(frozen=True)
class Choice:
    """One of some words. Without a `default` it has to be there; an empty default means "none"."""

    values: tuple[str, ...]
    default: str | None = None


@dataclass(frozen=True)
class Flag:
    """`true` or `false`. A `needed` one is always written."""

    needed: bool = False


@dataclass(frozen=True)
class Number:
    """A whole number."""

    least: int
    most: int
    default: int


@dataclass(frozen=True)
class Day:
    """A date, or nothing."""


@dataclass(frozen=True)
class Key:
    """A UUID, or nothing."""


@dataclass(frozen=True)
class Slug:
    """A short name in addresses; one that is not `needed` is the name of the file."""

    needed: bool = True


@dataclass(frozen=True)
class Named:
    """Something that stands on the platform: a `language`, `topic`, `term` or `video`."""

    kind: str
    needed: bool = True


@dataclass(frozen=True)
class File:
    """A file in `media/`: `image` or `document`."""

    kind: str


@dataclass(frozen=True)
class Fields:
    """A mapping. Fields that are empty may be missing, and are left out when written."""

    fields: Mapping[str, Shape] = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """A list of `row`s."""

    row: Shape
    least: int = 0
    most: int = 500
    """More than the editor's form can send (`DATA_UPLOAD_MAX_NUMBER_FIELDS`: an item takes four fields and its own)."""
    altogether: int = 0
    """The most letters of all rows together; zero for no limit."""


Shape = Words | Rich | Choice | Flag | Number | Day | Key | Slug | Named | File | Fields | Rows

LETTERS: Final = frozenset(WORDS)
BODY: Final = frozenset(TEXT)
FORMAT: Final = "1"

BLOCKS: Final[dict[str, Shape]] = {
    "image": Fields({"file": File("image"), "alt": Words(most=255, needed=False), "decorative": Flag()}),
    "callout": Fields({"tone": Choice(("info", "ok", "warn", "danger"), "info"), "text": Rich(LETTERS)}),
    "steps": Rows(Fields({"title": Words(120), "text": Rich(LETTERS | {"ul"}, needed=False)}), least=2),
    "checklist": Fields(
        {
            "title": Words(120, needed=False),
            "items": Rows(Fields({"text": Rich(LETTERS), "level": Choice(tuple(Level.values), "")}), least=1),
        }
    ),
    "accordion": Rows(Fields({"title": Words(200), "text": Rich(LETTERS | {"ol", "ul"})}), least=1),
    "quote": Fields({"text": Words(lines=True), "source": Words(200, needed=False)}),
    "download": Fields({"file": File("document"), "label": Words(200, needed=False)}),
    "term": Fields({"term": Named("term")}),
    "video": Fields({"title": Named("video")}),
    "trainings": Fields({"title": Words(120), "most": Number(1, 10, 3)}),
    "question": Fields(
        {
            "question": Words(400, lines=True),
            "answers": Rows(
                Fields({"text": Words(300), "right": Flag(needed=True), "explanation": Words(600, lines=True)}),
                least=2,
                most=6,
            ),
        }
    ),
}
"""The blocks between fences. Only lessons ask questions."""

HEAD: Final[dict[str, Shape]] = {
    "format": Choice((FORMAT,)),
    "title": Words(255),
    "slug": Slug(),
    "language": Named("language"),
    "key": Key(),
    "lead": Words(400, needed=False, lines=True),
    "topic": Named("topic", needed=False),
    "audience": Choice(tuple(Audience.values)),
    "level": Choice(tuple(Level.values), ""),
    "licence": Choice(tuple(Licence.values)),
    "contributors": Words(300, needed=False),
    "checked_on": Day(),
    "review_by": Day(),
}
GUIDE: Final = Fields(HEAD)
COURSE: Final = Fields(
    {**HEAD, "objectives": Rows(Words(), altogether=1000), "prerequisites": Rows(Words(), altogether=600)}
)
MODULE: Final = Fields(
    {"title": Words(255), "slug": Slug(needed=False), "key": Key(), "lead": Words(400, needed=False, lines=True)}
)
LESSON: Final = Fields(
    {
        "title": Words(255),
        "slug": Slug(needed=False),
        "key": Key(),
        "lead": Words(400, needed=False, lines=True),
        "minutes": Number(0, 32_767, 10),
        "notes": Rich(frozenset(NOTES), needed=False),
    }
)
