"""What it costs to open and to save a lesson with every kind of block, and that nothing is fetched for an embed."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.urls import reverse
from wagtail.embeds.models import Embed

from tests.cms.counting import warmed
from tests.factories.accounts import signed_in
from tests.factories.cms import planted
from tests.factories.editing import sent
from tests.factories.library import library
from tests.factories.office import all_rounder

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    planted()
    return library("en").lessons[-1]


@pytest.fixture
def office(lesson):
    return signed_in(all_rounder(lesson.get_parent().get_parent().get_parent().specific.organisation))


@pytest.fixture
def address(lesson) -> str:
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def test_opening_a_lesson_with_every_block_takes_few_queries(office, address, django_assert_max_num_queries):
    office.get(address)
    with django_assert_max_num_queries(48):
        assert office.get(address).status_code == 200


def test_opening_a_draft_of_it_takes_few_queries(office, lesson, address, django_assert_max_num_queries):
    office.post(address, sent(lesson, title="Once"))
    office.get(address)
    with django_assert_max_num_queries(60):
        assert "Once" in office.get(address).content.decode()


def test_a_lesson_with_every_block_is_read_with_the_queries_that_it_may_take(
    client, lesson, django_assert_max_num_queries
):
    address = warmed(client, lesson.url_path)
    with django_assert_max_num_queries(22):
        assert client.get(address).status_code == 200


def test_saving_a_draft_with_every_block_takes_few_queries(office, lesson, address, django_assert_max_num_queries):
    office.get(address)
    with django_assert_max_num_queries(60):
        office.post(address, sent(lesson, title="Once"))
    with django_assert_max_num_queries(58):
        answer = office.post(address, sent(lesson, title="Twice"))
    assert answer.status_code == 302
    saved = type(lesson).objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert saved.title == "Twice"
    assert [block.block_type for block in saved.body] == [block.block_type for block in lesson.body]
    assert not type(lesson).objects.filter(title="Twice").exists()


def test_saving_by_the_editors_own_clock_takes_as_many_as_it_did(
    office, lesson, address, django_assert_max_num_queries
):
    office.post(address, sent(lesson, title="Once"))
    overwritten = {"overwrite_revision_id": str(type(lesson).objects.get(pk=lesson.pk).latest_revision_id)}
    with django_assert_max_num_queries(77):
        answer = office.post(address, sent(lesson, title="Twice") | overwritten, headers={"accept": "application/json"})
    assert answer.json()["success"]


def test_saving_what_is_not_public_takes_as_many_as_it_did(office, lesson, address, django_assert_max_num_queries):
    lesson.unpublish()
    office.post(address, sent(lesson, title="Once"))
    with django_assert_max_num_queries(91):
        assert office.post(address, sent(lesson, title="Twice")).status_code == 302
    assert type(lesson).objects.get(pk=lesson.pk).title == "Twice"


def test_saving_what_only_the_draft_names_takes_as_many_as_it_did(
    office, lesson, address, django_assert_max_num_queries
):
    row = type(lesson).objects.get(pk=lesson.pk)
    row.body = []
    row.save()
    row.body = lesson.body
    row.save_revision()
    office.post(address, sent(lesson, title="Once"))
    with django_assert_max_num_queries(63):
        assert office.post(address, sent(lesson, title="Twice")).status_code == 302


class Ear(BaseHTTPRequestHandler):
    """Notes who asks."""

    def do_GET(self):
        self.server.heard.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_words):
        """Says nothing."""


@pytest.fixture
def ear():
    server = HTTPServer(("127.0.0.1", 0), Ear)
    server.heard = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_nothing_is_fetched_for_an_address_that_somebody_would_embed(office, ear):
    url = f"http://127.0.0.1:{ear.server_port}/oembed"
    answer = office.post(reverse("wagtailembeds:chooser_upload"), {"embed-chooser-url": url})
    assert answer.status_code == 200
    assert answer.json()["step"] == "chooser"
    assert "Cannot find an embed for this URL." in answer.json()["html"]
    assert ear.heard == []
    assert not Embed.objects.exists()
