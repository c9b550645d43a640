import logging

import pytest
from django.apps import apps
from django.test import Client

from tests.factories.cms import planted
from tests.factories.learning import course, guide, section

pytestmark = pytest.mark.django_db
NAME = "Ægir <Kanarie>"


@pytest.fixture
def made():
    planted()
    return course("Your telephone", parent=section(language="en"), level="beginner")


def address(page) -> str:
    return f"/en/learn/certificate/{page.pk}/"


def rows() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models() if model._meta.managed}


def test_a_certificate_shows_the_name_the_course_and_what_it_is_worth(client: Client, made, stopped_clock):
    answer = client.post(address(made), {"name": NAME})
    page = answer.content.decode()
    for words in (
        "<bdi>Ægir &lt;Kanarie&gt;</bdi>",
        "<h2>Your telephone</h2>",
        "20 minutes",
        "Beginner",
        "There was no exam.",
        "23 November 2026",
    ):
        assert words in page, words


def test_making_a_certificate_writes_nothing(client: Client, made, caplog):
    before = rows()
    with caplog.at_level(logging.DEBUG):
        assert client.post(address(made), {"name": NAME}).status_code == 200
    assert rows() == before
    assert NAME not in caplog.text
    assert "Kanarie" not in caplog.text


def test_nobody_keeps_the_answer(client: Client, made):
    for answer in (client.get(address(made)), client.post(address(made), {"name": NAME})):
        assert "no-store" in answer["Cache-Control"]
        assert "ETag" not in answer
        assert b'<meta name="robots" content="noindex">' in answer.content


def test_a_name_is_asked_for_again_where_it_is_missing_or_too_long(client: Client, made):
    for name in ("", "   ", "x" * 121):
        answer = client.post(address(made), {"name": name})
        assert answer.status_code == 422
        assert b'aria-invalid="true"' in answer.content


def test_there_are_certificates_for_live_courses_in_their_own_language_only(client: Client, made):
    assert client.get(f"/fr/learn/certificate/{made.pk}/").status_code == 404
    assert client.get(address(guide(parent=made.get_parent()))).status_code == 404
    made.unpublish()
    assert client.get(address(made)).status_code == 404


def test_a_name_never_comes_from_an_address(client: Client, made):
    page = client.get(address(made), {"name": "Kanarie"}).content.decode()
    assert 'value="Kanarie"' not in page
    assert 'class="certificate' not in page


def test_a_form_from_elsewhere_is_refused(made):
    assert Client(enforce_csrf_checks=True).post(address(made), {"name": NAME}).status_code == 403


def test_who_leaves_the_name_out_reads_that_any_name_will_do(client: Client, made):
    page = client.post(address(made), {"name": ""}).content.decode()
    assert page.count("Write a name to print; any name will do.") == 2
    assert "This field is required." not in page


def test_a_name_that_is_too_long_is_refused_in_words_and_never_cut(client: Client, made):
    name = "Ægir " * 25
    page = client.post(address(made), {"name": name}).content.decode()
    assert "At most 120 characters fit." in page
    assert f'value="{name}"' in page
    assert "maxlength" not in page
