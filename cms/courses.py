"""The way through a course: its parts and lessons in order, read in one query."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from django.db.models import F
from wagtail.models import Page

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

    from cms.models import CoursePage

KEY_DIGITS: Final = 8


def device_key(key: uuid.UUID) -> str:
    """What a device keeps of a course or lesson: eight hexadecimal digits, the same in every language."""
    return key.hex[:KEY_DIGITS]


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A lesson as lists show it."""

    pk: int
    title: str
    address: str
    minutes: int
    key: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A module with its lessons, of which the first is number `first` of the course."""

    pk: int
    title: str
    lead: str
    address: str
    first: int
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a lesson stands: number `number` of `among`, between `before` and `after`."""

    number: int
    among: int
    before: Lesson | None
    after: Lesson | None


@dataclass(frozen=True)
class Outline:
    """The live parts of a course, in order."""

    parts: tuple[Part, ...]

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for part in self.parts for lesson in part.lessons)

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def keys(self) -> str:
        """The lessons' keys, for the script that keeps progress on the device."""
        return " ".join(lesson.key for lesson in self.lessons)

    def place(self, pk: int) -> Place | None:
        """Where the lesson with this number stands; None for one that is not live (a preview)."""
        lessons = self.lessons
        for index, lesson in enumerate(lessons):
            if lesson.pk == pk:
                after = lessons[index + 1] if index + 1 < len(lessons) else None
                before = lessons[index - 1] if index else None
                return Place(number=index + 1, among=len(lessons), before=before, after=after)
        return None


def outline_of(course: CoursePage) -> Outline:
    """The live modules and lessons of a course. One query, whatever their number."""
    below = (
        Page.objects.live()
        .descendant_of(course)
        .annotate(minutes=F("lessonpage__minutes"), module_lead=F("modulepage__lead"))
        .order_by("path")
    )
    return Outline(_parts(below))


def _parts(pages: Iterable[Page]) -> tuple[Part, ...]:
    found: list[tuple[Page, list[Lesson]]] = []
    for page in pages:
        if page.minutes is None:
            found.append((page, []))
        elif found and page.path.startswith(found[-1][0].path):
            key = device_key(page.translation_key)
            found[-1][1].append(
                Lesson(pk=page.pk, title=page.title, address=page.url_path, minutes=page.minutes, key=key)
            )
    firsts = accumulate((len(lessons) for _page, lessons in found), initial=1)
    return tuple(
        Part(
            pk=page.pk,
            title=page.title,
            lead=page.module_lead or "",
            address=page.url_path,
            first=first,
            lessons=tuple(lessons),
        )
        for (page, lessons), first in zip(found, firsts, strict=False)
    )


@dataclass(frozen=True, kw_only=True)
class Known:
    """A course as the page of the device's own progress lists it."""

    title: str
    address: str
    key: str
    keys: str
    total: int


def known_courses(language: str) -> list[Known]:
    """The live courses of a language with the keys of their lessons, by title. Two queries."""
    live = Page.objects.live().filter(locale__language_code=language)
    lessons = list(live.filter(lessonpage__isnull=False).order_by("path").values_list("path", "translation_key"))
    found = []
    for page in live.filter(coursepage__isnull=False).order_by("title"):
        keys = [device_key(key) for path, key in lessons if path.startswith(page.path)]
        key = device_key(page.translation_key)
        found.append(Known(title=page.title, address=page.url_path, key=key, keys=" ".join(keys), total=len(keys)))
    return found
