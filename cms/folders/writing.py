"""A sheet written as files, in one form only: the same sheet gives the same bytes."""

from __future__ import annotations

import re
from typing import Any

from cms.folders import shapes
from cms.folders.mappings import dumped
from cms.folders.markdown_out import written
from cms.folders.richtext import from_html
from cms.folders.sheets import Block, Body, CourseSheet, GuideSheet, Sheet
from cms.folders.sources import cut
from cms.folders.values import plain


def course_files(sheet: CourseSheet) -> dict[str, bytes]:
    """Path -> content, in the order in which one reads."""
    files = {"course.yaml": dumped(plain(shapes.COURSE, sheet.values))}
    if sheet.body:
        files["introduction.md"] = body_text(sheet.body)
    if sheet.notes:
        files["facilitator-notes.md"] = written(from_html(sheet.notes)) + "\n"
    for number, module in enumerate(sheet.modules, start=1):
        folder = f"{number:02}-{cut(module.slug)}"
        files[f"{folder}/module.yaml"] = dumped(plain(shapes.MODULE, module.values))
        for place, lesson in enumerate(module.lessons, start=1):
            files[f"{folder}/{place:02}-{cut(lesson.slug)}.md"] = page_text(shapes.LESSON, lesson)
    return {path: text.encode() for path, text in files.items()}


def guide_files(sheet: GuideSheet) -> dict[str, bytes]:
    """The one file, named after the guide."""
    return {f"{cut(sheet.values['slug'])}.md": page_text(shapes.GUIDE, sheet).encode()}


def page_text(shape: shapes.Fields, sheet: Sheet) -> str:
    """Front matter and body."""
    head = f"---\n{dumped(plain(shape, sheet.values))}---\n"
    return head + (f"\n{body_text(sheet.body)}" if sheet.body else "")


def body_text(body: Body) -> str:
    """Blocks with an empty line between them, and a line feed at the end."""
    return "\n\n".join(map(block_text, body)) + "\n"


def block_text(block: Block) -> str:
    """Rich text as Markdown, any other block between fences that nothing inside can close."""
    if block.kind == "text":
        return written(from_html(block.value))
    content: Any = dumped(plain(shapes.BLOCKS[block.kind], block.value))
    longest = max((len(run) for run in re.findall(r"`+", content)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{block.kind}\n{content}{fence}"
