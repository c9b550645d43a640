"""What a folder says, as plain values: between files on one side and pages on the other.

Rich text is canonical HTML (`richtext.to_html`) whose links are as the folder writes them: `media/card.pdf` for a
document, a path for a page of the platform.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Block:
    """A block of a body: `text` with its HTML, or one of `shapes.BLOCKS` with its values."""

    kind: str
    value: Any


Body = list[Block]


@dataclass
class Sheet:
    """A page: its fields by the names of its shape, its body, and where each field stands in which file."""

    values: dict[str, Any]
    body: Body = field(default_factory=list)
    file: str = field(default="", compare=False)
    lines: dict[str, int] = field(default_factory=dict, compare=False)


@dataclass
class LessonSheet(Sheet):
    """A lesson."""

    slug: str = ""


@dataclass
class ModuleSheet(Sheet):
    """A module and its lessons in order."""

    slug: str = ""
    lessons: list[LessonSheet] = field(default_factory=list)


@dataclass
class GuideSheet(Sheet):
    """A guide."""


@dataclass
class CourseSheet(Sheet):
    """A course: its body is the introduction, `notes` are those for facilitators."""

    notes: str = ""
    modules: list[ModuleSheet] = field(default_factory=list)
