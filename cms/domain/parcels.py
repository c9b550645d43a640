"""Courses to take away: wanted when something in them changes and each night, made by the worker one after the other.

A parcel that is being made anew keeps its old file until the new one is stored, but where something is taken off: then
the file goes at once. A course that cannot be made is noted with its reason, keeps what it has, and holds up no other.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import Page

from cms.domain.catalogue import ROOM
from cms.models import CoursePage, CourseParcel
from cms.packages.binding import UnreadableError, bind
from cms.packages.book import Book
from cms.packages.epub import epub
from cms.packages.scorm import scorm
from cms.packages.site import site
from cms.states import Making, Parcel
from hrdplatform.web import generations

logger = logging.getLogger(__name__)

WRITERS: Final[dict[Parcel, Callable[[Book], bytes]]] = {Parcel.EPUB: epub, Parcel.SITE: site, Parcel.SCORM: scorm}
FOLDER: Final = "parcels"
COURSES_A_ROUND: Final = 5
"""A making takes seconds; a round stays far below its lease."""
STORING: Final = timedelta(hours=1)
"""Far longer than it takes from a stored file to its row."""
UNREADABLE: Final = "unreadable:"
FAULT: Final = "fault:"
"""How a noted failure begins: what it was, and where."""


@transaction.atomic
def want(course: CoursePage, *, at: datetime) -> None:
    """Asks for all forms of a live course anew. Idempotent; what is being made now is then made once more."""
    if not course.live:
        return
    standing = CourseParcel.objects.filter(course=course).update(state=Making.WANTED, wanted_at=at, done=0)
    if standing < len(Parcel):
        rows = [CourseParcel(course=course, form=form, wanted_at=at) for form in Parcel]
        CourseParcel.objects.bulk_create(rows, ignore_conflicts=True)


def want_of(page: Page, *, at: datetime) -> None:
    """A page was published: the course that it is or belongs to is wanted anew."""
    course = holder(page)
    if course is not None:
        want(course, at=at)


def want_moved(page: Page, *, before: Page | None, at: datetime) -> None:
    """A page has another address: its course and those below it name addresses, and are wanted anew. `before` is the
    page that it stood below until now, where that may have changed: from a course that it left it is taken off.
    """
    course = holder(page)
    left = holder(Page.objects.get(pk=before.pk)) if before is not None else None
    if left is not None and left != course:
        take_back(left, at=at)
    for one in CoursePage.objects.live().descendant_of(page):
        want(one, at=at)
    if course is not None:
        want(course, at=at)


def take_back(page: Page, *, at: datetime) -> None:
    """A page was taken off: the files of its course, which may hold it, go at once and are wanted anew. Makes no row,
    since the course may be about to be deleted with it.
    """
    course = holder(page)
    if course is None:
        return
    with transaction.atomic():
        rows = CourseParcel.objects.filter(course=course)
        names = list(rows.select_for_update().exclude(file="").values_list("file", flat=True))
        rows.update(state=Making.WANTED, wanted_at=at, done=0, made_at=None, file="", size=0, digest="")
        generations.bump(ROOM)
        for name in names:
            transaction.on_commit(partial(remove, name))


def holder(page: Page) -> CoursePage | None:
    """The course that a page is or belongs to."""
    if isinstance(page, CoursePage):
        return page
    found: CoursePage | None = CoursePage.objects.ancestor_of(page, inclusive=True).first()
    return found


def wish(row: CourseParcel, *, at: datetime) -> None:
    """Somebody asks for one form once more."""
    CourseParcel.objects.filter(pk=row.pk).update(state=Making.WANTED, wanted_at=at, done=0, failure="")


def want_all(*, at: datetime, limit: int = 0) -> int:
    """Nightly: wants every live course anew, and drops what belongs to none. A course that did not change keeps its
    file: equal bytes are not stored again. Answers zero, so that it is done once a night.
    """
    for course in CoursePage.objects.live():
        want(course, at=at)
    drop(CourseParcel.objects.filter(course__live=False))
    sweep(at=at)
    return 0


def pending(_at: datetime) -> bool:
    """Whether something is to be made; one look into an index."""
    return due().exists()


def due() -> QuerySet[CourseParcel]:
    """What is wanted of live courses, the longest wanted first."""
    return CourseParcel.objects.filter(state=Making.WANTED, course__live=True).order_by("wanted_at", "course_id", "pk")


def make_due(*, at: datetime, limit: int = COURSES_A_ROUND) -> int:
    """Makes what is wanted, course by course, and answers how many courses were tried."""
    tried: list[int] = []
    for _round in range(min(limit, COURSES_A_ROUND)):
        wanted = due().exclude(course__in=tried).select_related("course").first()
        if wanted is None:
            break
        tried.append(wanted.course_id)
        make(wanted.course, at=at)
    return len(tried)


def make(course: CoursePage, *, at: datetime) -> None:
    """Makes the wanted forms of one course. Whatever goes wrong is noted on them and raised no further."""
    rows = list(CourseParcel.objects.filter(course=course, state=Making.WANTED).order_by("form"))
    try:
        book = bind(course, lambda percent: tell(rows, percent))
        for row in rows:
            store(row, WRITERS[Parcel(row.form)](book), at=at)
    except UnreadableError as unreadable:
        fail(rows, f"{UNREADABLE}{unreadable}")
    except Exception as error:  # noqa: BLE001  # one course that cannot be made must not keep the others from it
        failure = type(error).__name__
        logger.error("parcel_failed", extra={"facts": {"course": course.pk, "failure": failure}})  # noqa: TRY400  # no words
        fail(rows, f"{FAULT}{failure}")


def tell(rows: Iterable[CourseParcel], percent: int) -> None:
    """Notes how much is done, for the office."""
    CourseParcel.objects.filter(pk__in=[row.pk for row in rows]).update(done=percent)


def store(row: CourseParcel, content: bytes, *, at: datetime) -> None:
    """Puts the file in place of the old one; equal bytes stay where they are.

    What was wanted once more in the meantime stays wanted. If there is no old one then either, what was made is thrown
    away: the old one may have gone because it held a page that was taken off, and so does what was bound before.
    """
    digest = hashlib.sha256(content).hexdigest()
    fields: dict[str, Any] = {"made_at": at, "done": 100, "failure": ""}
    old = str(row.file.name or "")
    if digest != row.digest or not (old and default_storage.exists(old)):
        row.file.save("parcel", ContentFile(content), save=False)
        fields |= {"file": row.file.name, "size": len(content), "digest": digest}
    with transaction.atomic():
        fresh = Q(wanted_at=row.wanted_at) | ~Q(file="")
        changed = CourseParcel.objects.filter(fresh, pk=row.pk).update(**fields)
        CourseParcel.objects.filter(pk=row.pk, wanted_at=row.wanted_at).update(state=Making.READY)
        if "file" in fields:
            generations.bump(ROOM)
            gone = old if changed else str(row.file.name)
            transaction.on_commit(lambda: remove(gone))


def fail(rows: Iterable[CourseParcel], failure: str) -> None:
    """Notes why nothing was made; the next change or night tries again. The old files stay, and what was wanted once
    more in the meantime stays wanted.
    """
    for row in rows:
        CourseParcel.objects.filter(pk=row.pk, state=Making.WANTED, wanted_at=row.wanted_at).update(
            state=Making.FAILED, failure=failure[:200], done=0
        )


def drop(rows: QuerySet[CourseParcel]) -> None:
    """Takes parcels away with their files."""
    names = [str(row.file.name) for row in rows if row.file]
    rows.delete()
    for name in names:
        remove(name)


def remove(name: str) -> None:
    """Deletes a file of ours, if there is one."""
    if name.startswith(f"{FOLDER}/"):
        default_storage.delete(name)


def sweep(*, at: datetime) -> None:
    """Deletes files that no row names: those of deleted courses, and of a worker that was killed while storing. A file
    that was stored a moment ago may be on its way into its row.
    """
    if not default_storage.exists(FOLDER):
        return
    kept = set(CourseParcel.objects.exclude(Q(file="")).values_list("file", flat=True))
    courses, _files = default_storage.listdir(FOLDER)
    for course in courses:
        for file in default_storage.listdir(f"{FOLDER}/{course}")[1]:
            name = f"{FOLDER}/{course}/{file}"
            if name not in kept and default_storage.get_modified_time(name) < at - STORING:
                remove(name)
