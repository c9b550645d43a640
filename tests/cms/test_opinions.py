import re

import pytest
from django.test import Client

from cms.models import Opinion
from cms.views import opinions
from tests.factories.cms import planted, standard_page
from tests.factories.learning import guide, section
from tests.factories.library import library

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    planted()
    return guide("Téléphone", parent=section(language="en"))


def address(page) -> str:
    return f"/en/learn/useful/{page.pk}/"


def test_an_opinion_is_kept_with_its_day_and_nothing_else(client: Client, page, stopped_clock):
    answer = client.post(address(page), {"useful": "no", "words": "  The law has changed. "})
    assert answer["Location"] == f"{address(page)}thanks/"
    kept = Opinion.objects.values().get()
    del kept["id"]
    assert kept == {
        "page_id": page.pk,
        "on": stopped_clock.now().date(),
        "useful": False,
        "words": "The law has changed.",
    }


def test_every_page_that_asks_for_an_opinion_takes_one(client: Client):
    planted()
    made = library("en")
    asking = [made.course, made.lessons[0], made.guide, made.training]
    for page in (*asking, made.module):
        asked = re.findall(r'href="(/en/learn/useful/\d+/)"', client.get(page.url_path).content.decode())
        assert asked == ([address(page)] if page in asking else [])
        assert all(client.get(where).status_code == 200 for where in asked)


def test_an_opinion_needs_a_yes_or_a_no(client: Client, page):
    answer = client.post(address(page), {"words": "Good"})
    assert answer.status_code == 422
    assert b"Good</textarea>" in answer.content
    assert not Opinion.objects.exists()


def test_words_beyond_a_thousand_letters_are_refused_and_kept_in_the_form(client: Client, page):
    answer = client.post(address(page), {"useful": "yes", "words": "x" * 1001})
    assert answer.status_code == 422
    assert b"x" * 1001 in answer.content
    assert not Opinion.objects.exists()


def test_who_sends_too_many_is_slowed_and_somebody_else_is_not(client: Client, page):
    for _ in range(opinions.FROM_ONE_CIRCUIT.limit):
        assert client.post(address(page), {"useful": "yes"}).status_code == 302
    slowed = client.post(address(page), {"useful": "yes"})
    assert slowed.status_code == 429
    assert int(slowed["Retry-After"]) > 0
    assert client.post(address(page), {"useful": "yes"}, REMOTE_ADDR="203.0.113.9").status_code == 302
    assert Opinion.objects.count() == opinions.FROM_ONE_CIRCUIT.limit + 1


def test_only_pages_of_the_catalogue_in_their_own_language_are_asked_about(client: Client, page):
    plain = standard_page("Contact", slug="contact")
    assert client.get(address(plain)).status_code == 404
    assert client.get(f"/fr/learn/useful/{page.pk}/").status_code == 404
    assert client.get("/en/learn/useful/99999999999999999999/").status_code == 404
    page.unpublish()
    assert client.get(address(page)).status_code == 404


def test_the_language_menu_leads_to_the_learning_of_the_other_language(client: Client, page):
    for shown in (client.get(address(page)), client.get(f"{address(page)}thanks/")):
        assert 'href="/de/learn/" lang="de"' in shown.content.decode()
        assert f'href="/en/learn/useful/{page.pk}/' in shown.content.decode()


def test_a_form_from_elsewhere_is_refused(page):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(page), {"useful": "yes"}).status_code == 403
    assert not Opinion.objects.exists()


def test_the_form_is_kept_nowhere_and_the_page_itself_sets_no_cookie(client: Client, page):
    assert "no-store" in client.get(address(page))["Cache-Control"]
    assert not Client().get(page.url_path).cookies
    assert f'href="{address(page)}"' in client.get(page.url_path).content.decode()
