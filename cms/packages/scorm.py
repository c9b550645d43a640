"""SCORM 1.2 (ADL, 2001): the course for a learning platform such as Moodle, each lesson a shareable object.

A lesson says "incomplete" when it is opened and "completed" when its end has been seen; nothing else about the learner
is told. Opened by hand, without a learning platform, it is the website. What is for facilitators is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.template.loader import render_to_string
from django.utils import translation

from cms.packages.book import Book, Chapter
from cms.packages.site import around, html_name, pages
from cms.packages.zips import zipped

SCRIPT: Final = Path(__file__).with_name("scorm.js")


def scorm(book: Book) -> bytes:
    """The file, with the manifest at its root."""
    with translation.override(book.language):
        return zipped(_entries(book))


def _entries(book: Book) -> Iterator[tuple[str, bytes | str]]:
    chapters = [chapter for chapter in book.chapters if chapter.kind != "facilitators"]
    beside = [("scorm.js", SCRIPT.read_text("utf-8")), *around(book)]
    yield "imsmanifest.xml", _manifest(book, chapters, [name for name, _content in beside])
    yield from pages(book, chapters, "cms/packages/page_scorm.html")
    yield from beside


def _manifest(book: Book, chapters: list[Chapter], beside: list[str]) -> str:
    """Modules hold their lessons; every file of the package is named in a resource."""
    told = [(chapter, below) for chapter, below in book.contents() if chapter in chapters]
    context = {
        "book": book,
        "number": book.identifier.rpartition(":")[2],
        "items": [(html_name(chapter), chapter) for chapter in chapters],
        "tree": told,
        "beside": beside,
    }
    return render_to_string("cms/packages/imsmanifest.xml", context)
