"""The catalogue of live pages: entered when a page goes live, left when it goes, kept when its address changes.

`cms.receivers` calls these verbs when Wagtail tells of a change; each may be repeated.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from wagtail.models import Page

from cms.models import Change, CoursePage, Entry, GuidePage, LessonPage, NewsPage, SectionPage, TrainingPage
from hrdplatform.web import generations

ROOM: Final = "cms"
"""The name under which kept pages ask for the generation of this room."""

KINDS: Final = (GuidePage, CoursePage, LessonPage, TrainingPage, NewsPage)
"""The pages that stand in the catalogue."""

Lookable = GuidePage | CoursePage | LessonPage | TrainingPage | NewsPage


@transaction.atomic
def enter(page: Page, *, at: datetime) -> None:
    """A page is live: writes what lists and search show of it, and what its editor says has changed."""
    if isinstance(page, KINDS):
        Entry.objects.update_or_create(page_id=page.pk, defaults=row(page, at=at))
        if isinstance(page, LessonPage):
            count_minutes(page)
    note = getattr(page, "change_note", "")
    newest = Change.objects.filter(page_id=page.pk).first()
    if note and (newest is None or newest.note != note):
        Change.objects.create(page_id=page.pk, at=at, note=note)
    generations.bump(ROOM)


@transaction.atomic
def leave(page: Page) -> None:
    """A page is no longer for the public, nor what stands below it."""
    Entry.objects.filter(page__path__startswith=page.path).exclude(page__live=True).delete()
    if isinstance(page, LessonPage):
        count_minutes(page)
    generations.bump(ROOM)


@transaction.atomic
def readdress(page: Page) -> None:
    """A page has moved or has another name in its address: so has all below it."""
    for entry in Entry.objects.filter(page__path__startswith=page.path).select_related("page"):
        specific: Any = entry.page.specific
        owner = section_of(specific)
        Entry.objects.filter(pk=entry.pk).update(
            address=entry.page.url_path, organisation=owner.organisation_id if owner else None
        )
    generations.bump(ROOM)


def row(page: Lookable, *, at: datetime) -> dict[str, Any]:
    """The entry's fields. A lesson is about what its course is about."""
    owner = section_of(page)
    about = course_of(page) if isinstance(page, LessonPage) else page
    return {
        "language": page.language,
        "format": page.format,
        "organisation_id": owner.organisation_id if owner else None,
        "topic_id": about.topic_id if about else None,
        "audience": about.audience if about else "",
        "level": about.level if about else "",
        "minutes": page.minutes if isinstance(page, LessonPage) else lessons_minutes(page),
        "title": page.title,
        "lead": page.lead,
        "address": page.url_path,
        "published_at": page.first_published_at or at,
        "changed_at": page.last_published_at or at,
        "review_by": getattr(page, "review_by", None),
        "starts_at": getattr(page, "starts_at", None),
        "ends_at": getattr(page, "ends_at", None),
    }


def section_of(page: Page) -> SectionPage | None:
    """The organisation's section that a page stands in, or is."""
    found: SectionPage | None = SectionPage.objects.ancestor_of(page, inclusive=True).first()
    return found


def course_of(page: Page) -> CoursePage | None:
    """The course that a lesson or module belongs to."""
    found: CoursePage | None = CoursePage.objects.ancestor_of(page).first()
    return found


def lessons_minutes(page: Page) -> int | None:
    """The minutes of a course: those of its live lessons together. None for what has no lessons."""
    if not isinstance(page, CoursePage):
        return None
    minutes: list[int] = list(LessonPage.objects.live().descendant_of(page).values_list("minutes", flat=True))
    return sum(minutes)


def count_minutes(lesson: LessonPage) -> None:
    """Brings the minutes of the lesson's course up to date."""
    course = course_of(lesson)
    if course is not None:
        Entry.objects.filter(page_id=course.pk).update(minutes=lessons_minutes(course))
