"""EPUB 3.3 (W3C): the book for reading devices and phones, with what EPUB Accessibility 1.1 wants to know of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cms.packages.book import Book, Chapter
from cms.packages.zips import zipped

STYLE: Final = Path(__file__).with_name("offline.css")
MIMETYPE: Final = "mimetype"
CONTAINER: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def epub(book: Book) -> bytes:
    """The file. Documents are linked on the platform: readers open no others."""
    with translation.override(book.language):
        return zipped(_entries(book), stored=frozenset({MIMETYPE}))


def _entries(book: Book) -> Iterator[tuple[str, bytes | str]]:
    yield MIMETYPE, "application/epub+zip"
    yield "META-INF/container.xml", CONTAINER
    yield "EPUB/package.opf", _xml("cms/packages/package.opf", book)
    yield "EPUB/nav.xhtml", _xml("cms/packages/nav.xhtml", book)
    yield "EPUB/offline.css", STYLE.read_text("utf-8")
    for chapter in book.chapters:
        yield f"EPUB/{chapter.name}.xhtml", _xml("cms/packages/page.xhtml", book, chapter)
    for picture in book.pictures:
        yield f"EPUB/pictures/{picture.name}", picture.read()


def _xml(template: str, book: Book, chapter: Chapter | None = None) -> str:
    addresses = {enclosed.name: enclosed.address for enclosed in book.files}

    def place(kind: str, name: str) -> str:
        return {"chapter": f"{name}.xhtml", "picture": f"pictures/{name}"}.get(kind) or addresses[name]

    body = chapter.resolved(place) if chapter else ""
    summary = _("Everything can be read as text; pictures are described, and headings lead through the chapters.")
    return render_to_string(template, {"book": book, "chapter": chapter, "body": body, "summary": summary})
