"""Pages of learning under the whole-page cache: what they read tells of its changes, and the clock is heeded."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.models import EmergencyContact, Entry, FooterLink, Initiative, Term, Topic
from hrdplatform.media.models import PlatformDocument, PlatformImage, PlatformVideo, Track
from hrdplatform.organisations.models import Organisation
from hrdplatform.web import generations
from tests.factories.cms import home, planted, standard_page
from tests.factories.learning import initiative, section, topic, training
from tests.factories.library import Library, library
from tests.factories.videos import captioned

pytestmark = pytest.mark.django_db

COURSE = "/en/learn/passerelle/telephone/"
ADDRESSES = [
    "/en/",
    "/en/learn/",
    "/en/learn/passerelle/",
    COURSE,
    f"{COURSE}at-home/",
    f"{COURSE}street/everything/",
    "/en/learn/passerelle/seized/",
    "/en/learn/passerelle/workshop/",
    "/en/learn/passerelle/new-course/",
    "/en/channels/",
    "/en/search/",
    "/en/learn/topics/",
    "/en/learn/topics/digital-security/",
    "/en/learn/calendar/",
    "/en/learn/calendar/?month=2027-03",
    "/en/learn/glossary/",
    "/en/learn/initiatives/",
    "/en/learn/initiatives/open-doors/",
    "/en/emergency/",
    "/en/learn/feed/",
    "/en/learn/topics/digital-security/feed/",
    "/en/learn/passerelle/feed/",
    "/en/learn/calendar.ics",
    "/en/learn/passerelle/workshop.ics",
]

TOLD = {
    "cms.entry": "written by the publishing verbs",
    "cms.change": "written by the publishing verbs",
    "cms.courseparcel": "told by the verb that stores a file",
    "cms.initiative_topics": "told by the initiative that gets or loses a topic",
    "media.platformrendition": "another size of an image, with an address of its own",
    "web.generation": "the number itself",
    "wagtailsearch.indexentry": "written with the page that it finds",
    "wagtailsearch.sqliteftsindexentry": "written with the page that it finds",
    "wagtailcore.collection": "where a file lies is not shown",
    "contenttypes.contenttype": "never changes while the platform runs",
}


@pytest.fixture
def client() -> Client:
    """A visitor who names the host, as browsers do."""
    return Client(headers={"host": "localhost"})


@pytest.fixture
def shelf() -> Library:
    planted()
    made = library("en")
    initiative(organisation=made.section.organisation, topics=(topic(),))
    return made


def content(client: Client, address: str, **headers) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def now() -> tuple[int, ...]:
    generations.forget()
    return generations.current(["cms"])


def test_every_kind_of_page_is_kept_and_costs_one_look_at_the_generations(client: Client, shelf):
    for address in ADDRESSES:
        first = client.get(address)
        assert "s-maxage" in first["Cache-Control"], address
        assert not first.cookies
        with CaptureQueriesContext(connection) as asked:
            second = client.get(address)
        assert tables(asked) <= {"web_generation"}, address
        assert (second.content, dict(second.items())) == (first.content, dict(first.items()))


def test_a_copy_carries_every_header_of_safety(client: Client, shelf):
    kept = [client.get(COURSE) for _ in range(2)][1]
    own = client.get(f"{COURSE}?undeclared=1")
    names = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Cross-Origin-Opener-Policy")
    names += ("Cross-Origin-Resource-Policy", "Permissions-Policy", "Referrer-Policy", "Content-Language")
    assert [kept[name] for name in names] == [own[name] for name in names]
    assert "Cache-Control" not in own


def test_a_light_page_and_a_full_one_are_two(client: Client, shelf):
    full, light = content(client, COURSE), content(client, f"{COURSE}?light=1")
    assert full != light
    assert (content(client, COURSE), content(client, f"{COURSE}?light=1")) == (full, light)


def test_answers_to_the_channels_questions_are_kept_one_by_one(client: Client, shelf):
    asked = client.get("/en/channels/?matter=employer&stage=reported")
    assert "s-maxage" in asked["Cache-Control"]
    assert asked.content != client.get("/en/channels/").content
    assert "Cache-Control" not in client.get("/en/channels/?matter=invented")


def test_what_is_published_is_seen_at_the_next_visit(client: Client, shelf):
    content(client, COURSE)
    shelf.course.title = "Your computer"
    shelf.course.save_revision().publish()
    assert "Your computer" in content(client, COURSE)


def test_what_is_taken_off_is_gone_at_the_next_visit(client: Client, shelf):
    content(client, COURSE)
    shelf.course.unpublish()
    assert client.get(COURSE).status_code == 404


def test_who_is_signed_in_gets_a_page_of_her_own(client: Client, shelf):
    content(client, COURSE)
    client.cookies["__Host-session"] = "whatever"
    assert "Cache-Control" not in client.get(COURSE)


def tables(asked: CaptureQueriesContext) -> set[str]:
    return {name for query in asked.captured_queries for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}


def test_all_that_public_pages_read_tells_of_its_changes(client: Client, shelf):
    home("en").footer_links.create(page=standard_page("About", parent=home("en")))
    with CaptureQueriesContext(connection) as asked:
        for address in ADDRESSES:
            client.get(address)
    known = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    read = {known[table] for table in tables(asked)}
    assert {Topic, Term, Organisation, PlatformImage, PlatformDocument, PlatformVideo, Entry} <= read
    silent = {
        model._meta.label_lower
        for model in read
        if not issubclass(model, Page) and model not in generations.watched["cms"]
    }
    assert silent <= set(TOLD), f"a change in these reaches nobody: {silent - set(TOLD)}"


def rows() -> list:
    """One row of each kind that is watched."""
    owner = Organisation.objects.get(slug="passerelle")
    made = [
        EmergencyContact.objects.create(name_en="Police", use_en="Danger", telephone="113"),
        Initiative.objects.create(
            slug="hub", organisation=owner, name_en="Hub", purpose_en="Meeting", website="https://hub.example/"
        ),
        captioned().tracks.get(),
        Locale.objects.create(language_code="ar"),
        Site.objects.get(),
        PageViewRestriction.objects.create(page=home("fr"), restriction_type=PageViewRestriction.LOGIN),
        FooterLink.objects.create(home=home("en"), page=home("fr")),
    ]
    return (
        made
        + [kind.objects.first() for kind in (Topic, Term, Organisation, PlatformImage, PlatformDocument)]
        + [PlatformVideo.objects.first()]
    )


def test_every_watched_row_bumps_when_it_is_written_and_when_it_is_deleted(shelf):
    made = rows()
    assert {type(row) for row in made} == set(generations.watched["cms"])
    for row in made:
        before = now()
        row.save()
        assert now() > before, f"{row._meta.label} was saved in silence"
    for row in (row for row in made if isinstance(row, Track | EmergencyContact | Initiative | Term | FooterLink)):
        before = now()
        row.delete()
        assert now() > before, f"{row._meta.label} was deleted in silence"


def test_a_page_that_somebody_restricted_is_given_to_nobody(client: Client, shelf):
    content(client, COURSE)
    PageViewRestriction.objects.create(page=shelf.course, restriction_type=PageViewRestriction.GROUPS)
    client.raise_request_exception = False  # Wagtail would send to a page of its own for signing in, which we have not
    assert client.get(COURSE).status_code == 500


def test_an_initiative_that_gets_a_topic_bumps(shelf):
    initiative = next(row for row in rows() if isinstance(row, Initiative))
    before = now()
    initiative.topics.add(Topic.objects.first())
    assert now() > before


@pytest.mark.parametrize("change", ["move", "delete", "slug", "unpublish", "copy"])
def test_every_way_to_change_the_tree_bumps(shelf, change):
    page = Page.objects.get(pk=shelf.guide.pk).specific
    before = now()
    if change == "move":
        page.move(section(language="en"), pos="last-child")
    elif change == "delete":
        page.delete()
    elif change == "slug":
        page.slug = "taken"
        page.save_revision().publish()
    elif change == "unpublish":
        page.unpublish()
    else:
        page.copy(update_attrs={"slug": "second"})
    assert now() > before


def test_a_training_that_ends_is_shown_so_with_nothing_written(client: Client, shelf, stopped_clock):
    begin = stopped_clock.at + timedelta(minutes=2)
    training("Soon over", slug="soon", parent=shelf.section, starts_at=begin, ends_at=begin + timedelta(minutes=1))
    listed, own = "/en/learn/passerelle/", "/en/learn/passerelle/soon/"
    pages = {address: content(client, address) for address in (listed, own)}
    assert "Soon over" in pages[listed]
    before = now()
    stopped_clock.move(seconds=179)
    assert {address: content(client, address) for address in pages} == pages
    stopped_clock.move(seconds=1)
    assert "Soon over" not in content(client, listed)
    assert content(client, own) != pages[own]
    assert now() == before


def test_a_guide_that_was_not_checked_in_time_says_so_at_midnight(client: Client, shelf, stopped_clock):
    address = "/en/learn/passerelle/seized/"
    shelf.guide.review_by = stopped_clock.at.date()
    shelf.guide.save_revision().publish()
    stopped_clock.move(hours=13, minutes=58)  # two minutes to midnight in Luxembourg
    fresh = content(client, address)
    before = now()
    stopped_clock.move(minutes=2)
    assert content(client, address) != fresh
    assert now() == before
