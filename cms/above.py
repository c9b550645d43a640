"""What stands above a page: the way up, whose section it is in, and the course that it is part of.

All pages of one place share it, so it is looked up once for them until something in the room changes. What ends takes
all below it off (`schedule.end_below`), so no public page is left that would name it; a draft names drafts above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from cms.courses import Outline, outline_of
from cms.domain.catalogue import ROOM
from cms.models import CoursePage, SectionPage
from cms.queries import HOME_DEPTH
from hrdplatform.web import generations

if TYPE_CHECKING:
    from cms.models import BasePage


Row = tuple[str, str, int, int]
"""Title, address, number and content type of a page."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A page on the way up."""

    title: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Above:
    """Shared by threads: its rows are only read, and come with the rows that pages show of them."""

    way: tuple[Step, ...]
    """From the home page down."""
    section: SectionPage | None
    course: CoursePage | None
    outline: Outline
    """Of the course; empty where there is none."""


def above(page: BasePage) -> Above:
    """What stands above `page`, itself left out."""
    place = page.path[: -Page.steplen]
    return generations.remembered(ROOM, f"above.{place}", lambda: found_above(place))


def found_above(place: str) -> Above:
    """What stands at `place`, a path in the tree, and above it. A query for the way, one for each of the others."""
    paths = [place[:end] for end in range(HOME_DEPTH * Page.steplen, len(place) + 1, Page.steplen)]
    pages = Page.objects.filter(path__in=paths).order_by("path")
    rows = list(pages.values_list("title", "url_path", "pk", "content_type_id"))
    sections = SectionPage.objects.select_related("organisation").filter(pk__in=of_kind(SectionPage, rows))
    courses = CoursePage.objects.select_related("topic").filter(pk__in=of_kind(CoursePage, rows))
    course = courses.first()
    return Above(
        way=tuple(Step(title=title, address=address) for title, address, _pk, _kind in rows),
        section=sections.first(),
        course=course,
        outline=outline_of(course) if course else Outline(()),
    )


def of_kind(model: type[Page], rows: list[Row]) -> list[int]:
    """The numbers of the pages of one kind. Where there are none, nothing is asked for them."""
    wanted = ContentType.objects.get_for_model(model).pk
    return [pk for _title, _address, pk, kind in rows if kind == wanted]
