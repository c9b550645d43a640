"""The read-only API tells what anybody may read, and nothing else."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page

from cms.views.api import FIELDS, FROM_ONE_CIRCUIT, PagesEndpoint
from tests.factories import learning
from tests.factories.accounts import make_person
from tests.factories.cms import document, image, planted

pytestmark = pytest.mark.django_db
PAGES = "/api/v2/pages/"
GIANT = "9" * 30


@pytest.fixture
def section():
    cache.clear()  # the throttle of the test before
    planted()
    return learning.section()


def told(client: Client, path: str = PAGES, **query: str) -> dict:
    answer = client.get(path, query)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/json"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    return json.loads(answer.content)


def names(told: dict) -> list[str]:
    return [item["title"] for item in told["items"]]


def test_live_pages_are_listed_and_filtered_by_kind_and_language(client: Client, section):
    learning.guide("Code", parent=section)
    learning.news("Nouveau", parent=section)
    english = learning.section(section.organisation, "en")
    learning.guide("Code in English", parent=english)
    assert names(told(client, type="cms.GuidePage")) == ["Code", "Code in English"]
    assert names(told(client, type="cms.GuidePage", locale="en")) == ["Code in English"]
    assert "Nouveau" in names(told(client))


def test_a_page_is_told_with_the_fields_that_were_chosen(client: Client, section):
    text = [{"type": "text", "value": "<p>Un code.</p>"}]
    page = learning.guide(
        "Code", parent=section, lead="Six chiffres.", body=text, topic=learning.topic(), level="beginner"
    )
    found = told(client, f"{PAGES}{page.pk}/")
    assert set(found) == {
        *("id", "meta", "title", "lead", "topic", "audience", "level", "licence", "contributors"),
        *("checked_on", "review_by", "body"),
    }
    assert set(found["meta"]) == {
        *("type", "detail_url", "html_url", "slug", "first_published_at", "locale", "parent"),
    }
    assert (found["lead"], found["topic"], found["level"]) == ("Six chiffres.", "digital-security", "beginner")
    assert found["body"][0]["value"] == "<p>Un code.</p>"
    assert found["meta"]["html_url"].endswith(page.url_path)


def test_every_field_that_is_named_exists_and_every_kind_of_page_can_be_told(client: Client, section):
    course = learning.course("Cours", parent=section, lessons=1, facilitator_notes="<p>Notes</p>")
    learning.training("Atelier", parent=section)
    for kind, fields in FIELDS.items():
        assert {field.name for field in kind._meta.get_fields()} >= set(fields), kind
    for page in Page.objects.live().filter(depth__gte=2):
        assert told(client, f"{PAGES}{page.pk}/")["title"] == page.title
    assert told(client, f"{PAGES}{course.pk}/")["facilitator_notes"] == "<p>Notes</p>"
    assert told(client, f"{PAGES}{section.pk}/")["organisation"] == section.organisation.slug


def test_no_draft_is_told_by_any_way(client: Client, section):
    draft = learning.guide("Brouillon secret", parent=section, live=False)
    gone = learning.guide("Retiré secret", parent=section)
    gone.unpublish()
    learning.guide("Public", parent=section)
    for query in (
        {},
        {"search": "secret"},
        {"type": "cms.GuidePage"},
        {"child_of": str(section.pk)},
        {"slug": draft.slug},
    ):
        assert "secret" not in json.dumps(told(client, **query))
    for page in (draft, gone):
        assert client.get(f"{PAGES}{page.pk}/").status_code == 404
        assert client.get(PAGES, {"child_of": page.pk}).status_code == 400
        assert client.get(PAGES, {"translation_of": page.pk}).status_code in {400, 404}


def test_a_live_page_with_a_newer_draft_is_told_as_it_is_live(client: Client, section):
    page = learning.guide("Public", parent=section)
    page.title = "Brouillon secret"
    page.save_revision()
    assert told(client, f"{PAGES}{page.pk}/")["title"] == "Public"


def test_no_person_is_told(client: Client, section):
    person = make_person()
    page = learning.guide("Code", parent=section, owner=person, locked=True, locked_by=person)
    everything = json.dumps([told(client, f"{PAGES}{page.pk}/", fields="*"), told(client, fields="*")])
    for word in (
        "owner",
        "locked",
        "user",
        person.email,
        person.name,
        "revision",
        "go_live",
        "change_note",
        "permission",
    ):
        assert word not in everything, word


@pytest.mark.parametrize(
    "field", ["owner", "locked_by", "latest_revision", "go_live_at", "draft_title", "path", "change_note"]
)
def test_other_fields_cannot_be_asked_for_nor_asked_by(client: Client, section, field):
    assert client.get(PAGES, {"fields": field}).status_code == 400
    assert client.get(PAGES, {field: "1"}).status_code == 400
    assert client.get(PAGES, {"order": field}).status_code == 400


def test_neither_images_nor_documents_nor_people_have_an_endpoint(client: Client, section):
    picture, paper = image(), document()
    for path in (
        "images/",
        f"images/{picture.pk}/",
        "documents/",
        f"documents/{paper.pk}/",
        "users/",
        "pages/find/?id=1",
    ):
        assert client.get(f"/api/v2/{path}").status_code == 404, path


@pytest.mark.parametrize(
    "query",
    [
        "search=" + "a" * 300,
        "fields=" + "a(" * 600,
        "limit=10000",
        "limit=-1",
        "id=x",
        "order=x",
        f"offset={GIANT}",
        f"child_of={GIANT}",
        "search=code&search_operator=xor",
        "first_published_at=x",
        "first_published_at=2026-11-23T12:00:00",
        "first_published_at=9999-12-31T23:59:59-12:00",
        "type=cms.TrainingPage&starts_at=x",
        "type=cms.CoursePage&review_by=2026-02-30",
        f"type=cms.CoursePage&topic={GIANT}",
        f"type=cms.SectionPage&organisation={GIANT}",
        "site=localhost",
    ],
)
def test_a_question_that_no_honest_program_asks_is_refused(client: Client, section, query):
    answer = client.get(f"{PAGES}?{query}")
    assert answer.status_code == 400
    assert set(json.loads(answer.content)) == {"message"}


def test_a_page_is_found_by_a_moment_a_day_and_a_row(client: Client, section):
    page = learning.guide("Code", parent=section, topic=learning.topic(), review_by=date(2027, 3, 1))
    learning.guide("Autre", parent=section)
    moment = page.first_published_at.isoformat()
    for query in ({"first_published_at": moment}, {"review_by": "2027-03-01"}, {"topic": str(page.topic_id)}):
        assert names(told(client, type="cms.GuidePage", **query)) == ["Code"], query
    assert told(client, offset="1000000")["items"] == []


@pytest.mark.parametrize("typed", ['"', " ", 'x*"(', "AND", "\\", "' ! & | <-> :* %s {e} ^f NOT"])
def test_a_search_for_signs_finds_nothing_and_does_not_fail(client: Client, section, typed):
    learning.guide("Code", parent=section)
    assert names(told(client, search=typed)) == []


def test_a_search_finds_the_words_between_signs(client: Client, section):
    learning.guide("Code", parent=section)
    learning.guide("Chat", parent=section)
    assert names(told(client, search='"code')) == names(told(client, search="code*(")) == ["Code"]
    assert sorted(names(told(client, search="code chat", search_operator="OR"))) == ["Chat", "Code"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_only_tells(client: Client, section, method):
    assert getattr(client, method)(PAGES).status_code == 405


def test_it_does_not_look_who_asks(client: Client, section):
    assert PagesEndpoint.authentication_classes == []
    assert not apps.is_installed("wagtail.api.v3")
    assert "wagtail.api.v3" not in settings.INSTALLED_APPS


def test_who_asks_too_often_waits(client: Client, section):
    for _ in range(FROM_ONE_CIRCUIT.limit):
        assert FROM_ONE_CIRCUIT.hit("127.0.0.1")
    answer = client.get(PAGES)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_it_stands_at_the_public_door_only(client: Client, section):
    assert client.get(PAGES, headers={"host": "public.localhost"}).status_code == 200
    assert client.get(PAGES, headers={"host": "office.localhost"}).status_code == 302
    assert client.get(PAGES, headers={"host": "aid.localhost"}).status_code == 404
