"""A website in a zip file: opens from a memory stick, with relative links only and without a script."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils import translation

from cms.packages.book import Book, Chapter
from cms.packages.epub import STYLE
from cms.packages.zips import zipped


def site(book: Book) -> bytes:
    """The file: one folder around everything, `index.html` to begin with."""
    with translation.override(book.language):
        return zipped((f"{ascii_name(book.slug)}/{name}", content) for name, content in _entries(book))


def _entries(book: Book) -> Iterator[tuple[str, bytes | str]]:
    yield from pages(book, list(book.chapters), "cms/packages/page.html")
    yield from around(book)


def pages(book: Book, chapters: list[Chapter], template: str) -> Iterator[tuple[str, str]]:
    """Each chapter as a page that knows the ones before and behind it."""
    for number, chapter in enumerate(chapters):
        context = {
            "book": book,
            "chapter": chapter,
            "body": chapter.resolved(place),
            "before": html_name(chapters[number - 1]) if number else "",
            "after": html_name(chapters[number + 1]) if number + 1 < len(chapters) else "",
        }
        yield html_name(chapter), render_to_string(template, context)


def around(book: Book) -> Iterator[tuple[str, bytes | str]]:
    """Style sheet, pictures and documents."""
    yield "offline.css", STYLE.read_text("utf-8")
    for picture in book.pictures:
        yield f"pictures/{picture.name}", picture.read()
    for enclosed in book.files:
        yield f"files/{enclosed.name}", enclosed.read()


def html_name(chapter: Chapter) -> str:
    return place("chapter", chapter.name)


def place(kind: str, name: str) -> str:
    """Where a chapter, picture or document lies."""
    match kind:
        case "chapter":
            return "index.html" if name == "start" else f"{name}.html"
        case "picture":
            return f"pictures/{name}"
    return f"files/{name}"


def ascii_name(slug: str) -> str:
    """The short name as every system can write it."""
    return slug if slug.isascii() else "course"
