"""What pages show of the pages above them is remembered, and right again after every change."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms.above import above
from cms.models import CoursePage, LessonPage, ModulePage
from hrdplatform.organisations.models import Organisation
from hrdplatform.web import generations
from tests.factories.cms import planted
from tests.factories.learning import lesson, section, topic, training
from tests.factories.library import Library, library
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db

COURSE = "/en/learn/passerelle/telephone/"
LESSON = f"{COURSE}at-home/leave/"


@pytest.fixture
def shelf(client: Client) -> Library:
    """A library whose lesson somebody has just read."""
    planted()
    made = library("en")
    assert client.get(f"{LESSON}?anew=1").status_code == 200
    return made


def anew(client: Client, address: str = LESSON) -> str:
    """The page as it is made now; no copy of it is kept, whatever was remembered for it is."""
    answer = client.get(f"{address}?anew=1")
    assert answer.status_code == 200
    assert "Cache-Control" not in answer
    return answer.content.decode()


def publish(page: Page, **fields) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_page_knows_its_way_up_its_section_and_its_course(shelf):
    found = above(shelf.lessons[1])
    assert [step.title for step in found.way][-3:] == ["Passerelle", "Your telephone", "At home"]
    assert [step.address for step in found.way][:2] == ["/en/", "/en/learn/"]
    assert (found.section, found.course) == (shelf.section, shelf.course)
    assert [part.title for part in found.outline.parts] == ["At home", "In the street"]


def test_a_page_outside_of_sections_has_neither_section_nor_course(shelf):
    found = above(shelf.channels)
    assert [step.address for step in found.way] == ["/en/"]
    assert (found.section, found.course, found.outline.parts) == (None, None, ())
    assert above(Page.objects.get(url_path="/en/").specific).way == ()


def test_lessons_of_one_module_look_it_up_once(client: Client, shelf):
    generations.forget()
    with CaptureQueriesContext(connection) as first:
        anew(client)
    with CaptureQueriesContext(connection) as second:
        anew(client, f"{COURSE}at-home/stake/")
    assert (len(first), len(second)) == (13, 4)


def test_a_course_that_is_renamed_is_so_in_its_lessons(client: Client, shelf):
    assert "Your telephone" in anew(client)
    publish(shelf.course, title="Your computer", level="expert")
    shown = anew(client)
    assert "Your computer" in shown
    assert "Your telephone" not in shown
    assert "<dd>Expert</dd>" in shown


def test_a_draft_of_a_course_changes_nothing_in_its_lessons(client: Client, shelf):
    before = anew(client)
    shelf.course.title = "Not yet"
    shelf.course.save_revision()
    assert anew(client) == before


def test_a_lesson_that_is_published_or_taken_off_comes_into_the_outline_and_goes(client: Client, shelf):
    added = lesson("Afterwards", slug="afterwards", parent=shelf.module)
    assert "3 of 4" in anew(client, added.url_path)
    assert "Next: Afterwards" in anew(client)
    added.unpublish()
    shown = anew(client)
    assert "Afterwards" not in shown
    assert "2 of 3" in shown


def test_a_lesson_that_moves_is_shown_where_it_stands(client: Client, shelf):
    elsewhere = ModulePage.objects.get(slug="street")
    Page.objects.get(pk=shelf.lessons[1].pk).move(elsewhere, pos="first-child")
    shown = anew(client, f"{COURSE}street/leave/")
    assert f'<li><a href="{COURSE}street/">In the street</a></li>' in shown
    assert client.get(LESSON).status_code == 404


def test_lessons_that_change_places_follow_each_other_anew(client: Client, shelf):
    assert "2 of 3" in anew(client)
    Page.objects.get(pk=shelf.lessons[1].pk).move(Page.objects.get(pk=shelf.lessons[0].pk), pos="left")
    shown = anew(client)
    assert "1 of 3" in shown
    assert "Next: What is at stake" in shown


def test_a_course_that_moves_to_another_organisation_is_by_that_one(client: Client, shelf):
    other = section(make_organisation("Réseau Nord", slug="reseau"), language="en")
    Page.objects.get(pk=shelf.course.pk).move(other, pos="last-child")
    shown = anew(client, LESSON.replace("passerelle", "reseau"))
    assert ">Réseau Nord</a>" in shown
    assert ">Passerelle</a>" not in shown


def test_another_address_of_the_course_is_seen_in_every_link(client: Client, shelf):
    publish(CoursePage.objects.get(), slug="phone")
    shown = anew(client, LESSON.replace("telephone", "phone"))
    assert COURSE not in shown
    assert client.get(LESSON).status_code == 404


def test_names_of_organisation_and_topic_are_those_of_now(client: Client, shelf):
    owner = Organisation.objects.get(slug="passerelle")
    owner.name_en = owner.name_fr = "Bridge"
    owner.save()
    about = shelf.course.topic
    about.name_en = "Safe telephones"
    about.save()
    shown = anew(client)
    assert ">Bridge</a>" in shown
    assert ">Safe telephones</a>" in shown


def test_what_another_process_changed_is_seen_once_the_generation_is_known(client: Client, shelf):
    anew(client)
    Page.objects.filter(pk=shelf.course.pk).update(title="Written elsewhere")
    assert "Written elsewhere" not in anew(client)
    generations.Generation.objects.filter(room="cms").update(number=1_000_000)
    generations._known.read_at = float("-inf")  # a second has passed
    assert "Written elsewhere" in anew(client)


def test_a_language_shows_the_trainings_of_now(client: Client, shelf, stopped_clock):
    place = shelf.section
    listed = "/en/learn/passerelle/"
    soon = training("Tonight", slug="tonight", parent=place, topic=topic("night"))
    assert "Tonight" in anew(client, listed)
    publish(soon, title="Tomorrow")
    assert "Tomorrow" in anew(client, listed)
    soon.unpublish()
    assert "Tomorrow" not in anew(client, listed)


def test_a_restriction_is_heeded_at_once_and_forgotten_with_it(client: Client, shelf):
    barrier = PageViewRestriction.objects.create(page=shelf.course, restriction_type=PageViewRestriction.GROUPS)
    client.raise_request_exception = False  # Wagtail would send to a page of its own for signing in
    assert client.get(LESSON).status_code == 500
    barrier.delete()
    assert LessonPage.objects.get(url_path=LESSON).title in anew(client)
