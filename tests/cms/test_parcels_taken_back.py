"""What is taken off is in no file that readers can take away, from that moment; what has moved is named where it is."""

import io
import zipfile
from contextlib import closing
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.domain import parcels
from cms.domain.schedule import publish_due
from cms.models import CoursePage, CourseParcel, LessonPage, ModulePage
from cms.states import Making, Parcel
from hrdplatform.web import clock, generations
from tests.factories import cms, learning
from tests.factories.accounts import make_person, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
ENDINGS = (".epub", ".zip", "-scorm.zip")


@pytest.fixture
def course() -> CoursePage:
    """A course of two lessons, whose files are made."""
    cms.planted()
    page = learning.course("Sécurité", slug="securite")
    parcels.make_due(at=clock.now())
    assert answers(page) == {200}
    return page


def answers(course: CoursePage) -> set[int]:
    place, found = course.url_path.rstrip("/"), set()
    for ending in ENDINGS:
        with closing(Client().get(place + ending)) as answer:
            found.add(answer.status_code)
    return found


def words(course: CoursePage, ending: str = ".zip") -> str:
    """All that stands in a file as readers get it."""
    place = CoursePage.objects.get(pk=course.pk).url_path.rstrip("/")
    with closing(Client().get(place + ending)) as answer:
        assert answer.status_code == 200
        archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    return "".join(archive.read(name).decode(errors="ignore") for name in archive.namelist())


def first_lesson() -> Page:
    return LessonPage.objects.get(title="Leçon 1")


def office():
    return signed_in(make_person(is_superuser=True, is_staff=True))


def by_hand(page: Page) -> None:
    page.unpublish()


def in_the_office(page: Page) -> None:
    assert office().post(reverse("wagtailadmin_pages:unpublish", args=[page.pk])).status_code == 302


def in_bulk(page: Page) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    assert office().post(f"{address}?id={page.pk}&next=/office/").status_code == 302


def by_the_clock(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=clock.now())
    assert publish_due(at=clock.now()) == 1


def deleted(page: Page) -> None:
    page.delete()


def with_its_module(page: Page) -> None:
    page.get_parent().specific.unpublish()


def into_another_course(page: Page) -> None:
    page.move(learning.course("Autre", lessons=0, parent=learning.section()).get_first_child(), pos="last-child")


@pytest.mark.parametrize(
    "end", [by_hand, in_the_office, in_bulk, by_the_clock, deleted, with_its_module, into_another_course]
)
def test_a_lesson_that_is_taken_off_is_in_no_file_from_that_moment(course, end):
    assert "Leçon 1" in words(course)
    names = list(CourseParcel.objects.filter(course=course).values_list("file", flat=True))
    shown = Client().get(course.url_path).content.decode()
    assert "securite.zip" in shown
    end(first_lesson())
    generations.forget()
    assert answers(course) == {404}
    assert "securite.zip" not in Client().get(course.url_path).content.decode()
    assert not any(default_storage.exists(name) for name in names)
    parcels.make_due(at=clock.now())
    assert answers(course) == {200}
    for ending in ENDINGS:
        assert "Leçon 1" not in words(course, ending)


def test_it_does_not_come_back_with_a_file_that_was_being_made(course):
    before = list(CourseParcel.objects.filter(course=course))
    first_lesson().unpublish()
    for row in before:
        parcels.store(row, b"bound with the lesson in it", at=clock.now())
    assert answers(course) == {404}
    assert set(CourseParcel.objects.values_list("state", "file")) == {(Making.WANTED, "")}
    assert default_storage.listdir(f"{parcels.FOLDER}/{course.pk}")[1] == []


def test_where_nothing_can_be_made_anew_there_is_nothing_also_after_the_night(course):
    picture = cms.image()
    body = cms.stored([{"type": "image", "value": {"image": picture.pk, "decorative": True, "alt_text": ""}}])
    course.body = body
    course.save_revision().publish()
    parcels.make_due(at=clock.now())
    default_storage.delete(picture.file.name)
    first_lesson().unpublish()
    parcels.make_due(at=clock.now())
    assert set(CourseParcel.objects.values_list("state", "failure")) == {(Making.FAILED, "unreadable:Sécurité")}
    parcels.want_all(at=clock.now() + timedelta(days=1))
    parcels.make_due(at=clock.now() + timedelta(days=1))
    assert answers(course) == {404}


def test_a_course_that_is_public_again_does_not_give_out_what_it_was(course):
    course.unpublish()
    again = CoursePage.objects.get(pk=course.pk)
    again.save_revision().publish()
    assert answers(again) == {404}
    parcels.make_due(at=clock.now())
    assert "Leçon" not in words(again)


@pytest.mark.parametrize("kind", [CoursePage, ModulePage, LessonPage])
def test_where_a_page_has_another_address_its_course_names_that(course, kind):
    page = kind.objects.descendant_of(course, inclusive=True).first()
    page.slug = "autrement"
    page.save_revision().publish()
    assert CourseParcel.objects.filter(state=Making.WANTED).count() == len(Parcel)
    assert answers(CoursePage.objects.get()) == {200}  # nothing is taken off
    parcels.make_due(at=clock.now())
    if kind is CoursePage:
        assert "/autrement/" in words(course, ".epub")


def test_a_section_with_another_address_has_its_courses_made_anew(course):
    old, section = course.url_path, course.get_parent().specific
    section.slug = "ailleurs"
    section.save_revision().publish()
    assert "/ailleurs/securite/" in CoursePage.objects.get().url_path
    assert old in words(course, ".epub")
    parcels.make_due(at=clock.now())
    assert old not in words(course, ".epub")
    assert "/ailleurs/securite/" in words(course, ".epub")


def test_another_order_is_made_anew_and_takes_nothing_off(course):
    first, second = LessonPage.objects.order_by("path")
    second.move(first, pos="left")
    assert answers(course) == {200}
    assert CourseParcel.objects.filter(state=Making.WANTED).count() == len(Parcel)
