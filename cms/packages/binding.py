"""A live course bound into a book. This takes the longest of a making: pictures are brought to size."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.domain.bodies import Telling
from cms.domain.catalogue import section_of
from cms.domain.enclosures import FOLDER, Names
from cms.domain.lifting import raw_of
from cms.folders.richtext import Attributes, from_html, to_html
from cms.models import CoursePage, LessonPage, ModulePage, Term
from cms.packages.book import Book, Chapter, Enclosed, clean
from cms.states import Level
from hrdplatform.media import sizes
from hrdplatform.media.models import PlatformDocument, PlatformImage, PlatformVideo
from hrdplatform.web.doors import Door, origin

OUTSIDE: Final = re.compile(r"(https?://[^\s/]|mailto:[^\s@]+@|tel:\+?[0-9])", re.IGNORECASE)
BEGINNING: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""When a page was published that does not say when."""
Told = Callable[[int], None]


class UnreadableError(Exception):
    """A picture or document of the course cannot be read. The text names the page."""


class Reading(Telling):
    """Blocks as a book needs them: terms and videos as rows."""

    def _chosen(self, kind: str, value: dict[str, Any]) -> dict[str, Any]:
        match kind:
            case "term":
                return {"term": Term.objects.filter(pk=value["term"]).first()}
            case "video":
                video = PlatformVideo.objects.filter(pk=value["video"]).first()
                return {"title": video.title if video else "", "video": video}
        return super()._chosen(kind, value)


class Binder:
    """Binds one course."""

    def __init__(self, course: CoursePage, told: Told) -> None:
        self.course, self.told = course, told
        self.names = Names()
        self.reading = Reading(self.names)
        self.pictures: dict[str, Enclosed] = {}
        self.files: dict[str, Enclosed] = {}
        self.site = origin(Door.PUBLIC)
        self.modules = [
            (module, list(LessonPage.objects.live().child_of(module).order_by("path")))
            for module in ModulePage.objects.live().child_of(course).order_by("path")
        ]
        self.places = {course.url_path: "start"}
        for number, (module, lessons) in enumerate(self.modules, start=1):
            self.places[module.url_path] = f"module-{number}"
            for place, lesson in enumerate(lessons, start=1):
                self.places[lesson.url_path] = f"lesson-{number}-{place}"

    def bind(self) -> Book:
        """The book. Raises `UnreadableError`."""
        with translation.override(self.course.language):
            chapters = list(self._chapters())
            section = section_of(self.course)
            return Book(
                key=self.course.translation_key,
                slug=self.course.slug,
                title=clean(self.course.title),
                lead=clean(self.course.lead),
                language=self.course.language,
                publisher=clean(str(section.organisation.name)) if section else "",
                contributors=clean(self.course.contributors),
                licence=self.course.licence,
                modified=max(page.last_published_at or BEGINNING for page in self._pages()),
                checked_on=self.course.checked_on,
                address=self.site + self.course.url_path,
                chapters=chapters,
                pictures=list(self.pictures.values()),
                files=list(self.files.values()),
            )

    def _pages(self) -> list[Any]:
        return [self.course, *(page for module, lessons in self.modules for page in (module, *lessons))]

    def _chapters(self) -> Iterator[Chapter]:
        pages = self._pages()
        for done, page in enumerate(pages, start=1):
            name = self.places[page.url_path]
            kind = name.partition("-")[0]
            yield Chapter(
                name=name,
                title=clean(page.title),
                body=self._body(kind, page),
                depth=int(kind == "lesson"),
                kind=kind,
                minutes=getattr(page, "minutes", 0),
            )
            self.told(70 * done // len(pages))
        with_notes = [page for page in pages if getattr(page, "facilitator_notes", "")]
        notes = [(page.title, self._rich(page.facilitator_notes)) for page in with_notes]
        if notes:
            body = render_to_string("cms/packages/facilitators.html", {"notes": notes})
            yield Chapter(name="facilitators", title=_("For facilitators"), body=clean(body), kind="facilitators")

    def _body(self, kind: str, page: Any) -> str:
        lessons = next((below for module, below in self.modules if module.pk == page.pk), [])
        context = {
            "page": page,
            "course": self.course,
            "blocks": self._blocks(page) if hasattr(page, "body") else [],
            "objectives": getattr(page, "objectives", "").splitlines(),
            "prerequisites": getattr(page, "prerequisites", "").splitlines(),
            "lessons": [(self.places[lesson.url_path], lesson) for lesson in lessons],
            "section": section_of(self.course) if kind == "start" else None,
            "address": self.site + self.course.url_path,
        }
        body = render_to_string(f"cms/packages/{kind}.html", context)
        return clean(body.replace("<br>", "<br/>"))  # Django's filters write HTML, the book is XHTML

    def _blocks(self, page: Any) -> list[dict[str, Any]]:
        return [
            {"kind": block.kind, "value": self._finished(block.kind, block.value, page)}
            for block in self.reading.body(raw_of(page))
        ]

    def _finished(self, kind: str, value: Any, page: Page) -> Any:
        """Values ready for the template: rich text with its links named, pictures and files collected."""
        finished: dict[str, Callable[[], Any]] = {
            "text": lambda: self._rich(value),
            "image": lambda: {**value, "name": self._picture(value["file"], page)},
            "download": lambda: {**value, "name": self._file(value["file"], page), **self._size(value["file"])},
            "callout": lambda: self._row(value),
            "steps": lambda: [self._row(row) for row in value],
            "accordion": lambda: [self._row(row) for row in value],
            "checklist": lambda: {"title": value["title"], "rows": [self._row(row) for row in value["items"]]},
            "trainings": lambda: {**value, "address": f"{self.site}/{self.course.language}/learn/calendar/"},
            "video": lambda: {**value, "address": value["video"].address or f"{self.site}{page.url_path}"},
        }
        return finished[kind]() if kind in finished else value

    def _row(self, row: dict[str, Any]) -> dict[str, Any]:
        """Rich `text` with its links named, and the level as it is called."""
        level = {"for": Level(row["level"]).label} if row.get("level") else {}
        return {**row, "text": self._rich(row["text"]), **level}

    def _size(self, file: str) -> dict[str, Any]:
        row: PlatformDocument = self.names.rows[file]
        return {"title": row.title, "size": row.file.size}

    def _rich(self, html: str) -> str:
        return to_html(from_html(self.reading.html(html)), self._link)

    def _link(self, href: str) -> Attributes:
        """Where a link of the course leads from the book; one that would lead nowhere is left out."""
        if href.startswith(FOLDER):
            return {"href": f"file:{self._file(href, self.course)}"}
        if href in self.places:
            return {"href": f"chapter:{self.places[href]}"}
        if href.startswith("/"):
            return {"href": iri_to_uri(self.site + href)}
        return {"href": iri_to_uri(href)} if OUTSIDE.match(href) else {}

    def _picture(self, file: str, page: Page) -> str:
        """The name of the picture in the book; it is read here, so that a broken one is told now."""
        if file not in self.pictures:
            image = self.names.rows[file]
            try:
                data = self._sized(image)
            except sizes.UNMADE as error:
                raise UnreadableError(page.title) from error
            name = f"{len(self.pictures) + 1}.jpg"
            self.pictures[file] = Enclosed(name, lambda: data)
        return self.pictures[file].name

    def _sized(self, image: PlatformImage) -> bytes:
        if not image.file.storage.exists(image.file.name):  # Wagtail would leave a temporary file behind
            raise FileNotFoundError(image.file.name)
        rendition = image.get_rendition(sizes.PLAIN)  # pages fall back on it, so it is there already
        with rendition.file.storage.open(rendition.file.name, "rb") as stream:
            data: bytes = stream.read()
        return data

    def _file(self, file: str, page: Page) -> str:
        """The name of the document in the book."""
        if file not in self.files:
            row: PlatformDocument = self.names.rows[file]
            if not row.file.storage.exists(row.file.name):
                raise UnreadableError(page.title)
            name = f"{len(self.files) + 1}{PurePosixPath(file).suffix}"
            self.files[file] = Enclosed(name, lambda: _content(row), iri_to_uri(self.site + row.url))
        return self.files[file].name


def _content(row: PlatformDocument) -> bytes:
    with row.file.storage.open(row.file.name, "rb") as stream:
        data: bytes = stream.read()
    return data


def bind(course: CoursePage, told: Told = lambda _percent: None) -> Book:
    """The course as it is live now. `told` hears how much is done, up to 70 per cent. Raises `UnreadableError`."""
    return Binder(course, told).bind()
