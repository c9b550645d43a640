"""Error pages stand without a database: these tests have none."""

import json
import logging

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core import mail
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, UnreadablePostError
from django.test import Client, RequestFactory
from django.urls import path

from hrdplatform.web.logs import JsonFormatter
from hrdplatform.web.urls import everywhere, handler400, handler403, handler404, handler500, spoken  # noqa: F401 - a urlconf's own names
from hrdplatform.web.views import errors

CANARY = "canary-7f3a"


def broken(request):
    story = request.POST.get("story", CANARY)
    raise RuntimeError(f"could not file {story}")


def unreachable(request):
    raise OperationalError(f"no connection for {CANARY}")


def raising(failure):
    def view(request):
        raise failure

    return view


urlpatterns = [
    everywhere,
    *i18n_patterns(spoken),
    path("en/broken/", broken, name="broken"),
    path("en/down/", unreachable, name="down"),
    path("de/400/", raising(SuspiciousOperation("x"))),
    path("de/403/", raising(PermissionDenied("x"))),
    path("de/404/", raising(Http404("x"))),
    path("de/413/", raising(RequestDataTooBig("x"))),
    path("en/gone/", raising(UnreadablePostError("x"))),
    path("en/429/", lambda request: errors.too_many(request, 90)),
]


@pytest.fixture
def client(monkeypatch, settings):
    """A client of the addresses above, on the public door."""
    monkeypatch.setattr("hrdplatform.web.doors.EVERY_DOOR", __name__)
    return Client(raise_request_exception=False)


@pytest.fixture
def lines(caplog):
    """What the log would hold, as its lines are written."""
    caplog.set_level(logging.INFO)
    formatter = JsonFormatter()
    return lambda: [formatter.format(record) for record in caplog.records if record.name != "django.request"]


@pytest.mark.parametrize(("address", "status"), [("400", 400), ("403", 403), ("404", 404), ("413", 413)])
def test_each_refusal_says_what_to_do_in_the_address_s_language(client, address, status):
    response = client.get(f"/de/{address}/")
    assert response.status_code == status
    assert response["Content-Language"] == "de"
    assert b'<html lang="de"' in response.content
    assert response["Cache-Control"] == "no-store"


def test_a_throttled_visitor_learns_how_long_to_wait(client):
    response = client.get("/en/429/")
    assert response.status_code == 429
    assert response["Retry-After"] == "90"
    assert b"Nothing is blocked for good" in response.content


def test_a_fault_of_ours_gets_a_number_that_stands_in_the_log_once_and_is_mailed_to_nobody(client, lines, settings):
    settings.ADMINS = settings.MANAGERS = ["somebody@example.org"]
    response = client.post("/en/broken/?q=canary-7f3a", {"story": CANARY})
    assert response.status_code == 500
    written = [json.loads(line) for line in lines()]
    assert len(written) == 1
    assert written[0]["class"] == "RuntimeError"
    assert written[0]["view"] == "broken"
    assert written[0]["incident"].encode() in response.content
    assert CANARY not in json.dumps(written)
    assert CANARY.encode() not in response.content
    assert mail.outbox == []


def test_a_client_that_goes_in_the_middle_of_its_form_is_no_incident(client, lines):
    assert client.post("/en/gone/").status_code == 400
    assert lines() == []


def test_a_database_that_is_down_is_a_short_break(client, lines):
    response = client.get("/en/down/")
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert b"What was confirmed to you is kept" in response.content
    assert CANARY not in "".join(lines())


@pytest.mark.parametrize(
    ("address", "sign"),
    [
        ("/fr/aid/x", b"data-leave"),
        ("/desk/x", b'class="sealed door"'),
        ("/office/x", b'class="narrow"'),
        ("/fr/x", b'class=""'),
    ],
)
def test_each_door_keeps_its_look(address, sign):
    response = errors.not_found(RequestFactory().get(address))
    assert sign in response.content


def test_a_stale_form_is_told_apart_from_a_closed_page():
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    response = client.post("/language/", {"language": "de"}, headers={"accept-language": "en"})
    assert response.status_code == 403
    assert b"This form was open too long" in response.content


@pytest.mark.parametrize(
    ("address", "start"),
    [
        ("/de/aid/x", "/de/aid/"),
        ("/desk/x", "/desk/"),
        ("/account/x", "/account/"),
        ("/office/x", "/office/"),
        ("/de/x", "/"),
    ],
)
def test_the_way_back_stays_at_the_door(address, start):
    assert f'class="btn second" href="{start}"'.encode() in errors.not_found(RequestFactory().get(address)).content


def test_an_error_page_can_be_read_in_another_language():
    content = errors.not_found(RequestFactory().get("/de/aid/x")).content
    assert b'href="/ar/aid/x"' in content
    assert b"<form" not in errors.not_found(RequestFactory().get("/desk/x")).content


def test_who_finds_nothing_is_led_on_to_search_guides_numbers_and_help():
    page = errors.not_found(RequestFactory().get("/de/x")).content.decode()
    for way in ("/de/search/", "/de/learn/", "/de/emergency/", "/de/aid/"):
        assert f'href="{way}"' in page.split("<main")[1].split("</main>")[0]


def test_in_a_language_without_pages_the_guides_of_others_are_named_in_their_words():
    page = errors.not_found(RequestFactory().get("/ar/learn/")).content.decode()
    main = page.split("<main")[1].split("</main>")[0]
    assert '<a href="/de/learn/" lang="de" hreflang="de" dir="ltr">Anleitungen und Kurse</a>' in main
    assert 'href="/ar/aid/"' in main
    assert 'href="/ar/search/"' not in page


@pytest.mark.parametrize(("address", "answer"), [("/de/aid/x", errors.not_found), ("/de/x", errors.forbidden)])
def test_nobody_else_is_led_elsewhere(address, answer):
    assert b"/de/search/" not in answer(RequestFactory().get(address)).content
