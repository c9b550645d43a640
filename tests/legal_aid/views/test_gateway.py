"""Who comes through a gateway from the web into Tor is told so, on whichever page of the aid door she arrives."""

import pytest
from django.test import Client
from django.urls import reverse

from legal_aid.models import Record
from legal_aid.urls import aid
from tests.factories import accounts, cms
from tests.legal_aid.plain_visitor import Visitor

pytestmark = pytest.mark.django_db

SAID = "You came through a gateway that can read everything you write here."
GATEWAY = {"X-Tor2web": "encrypted"}
PAGES = {
    "home": 200,
    "request": 200,
    "plain": 200,
    "urgent": 200,
    "plain_urgent": 200,
    "return": 200,
    "plain_return": 200,
    "plain_thread": 200,
    "plain_file": 404,
    "plain_replace": 200,
    "plain_erase": 200,
    "plain_erased": 200,
}
"""What a defender with an open case gets for a GET; of a file that is none, the page that says so."""
NO_PAGES = {"plain_confirm"}
"""Answers to a form only."""


@pytest.fixture
def visitor(team):
    """Somebody without scripts whose case is open."""
    visitor = Visitor()
    visitor.confirm(visitor.open_case())
    return visitor


def address(name: str) -> str:
    parts = {"row": Record.objects.first().row, "number": 9} if name == "plain_file" else None
    return reverse(f"legal_aid:{name}", kwargs=parts)


def test_every_page_of_the_door_is_looked_at():
    assert {pattern.name for pattern in aid if hasattr(pattern, "name")} == PAGES.keys() | NO_PAGES


def test_every_page_warns_who_comes_through_a_gateway_and_nobody_else(visitor):
    for name, status in PAGES.items():
        through = visitor.client.get(address(name), secure=True, headers=GATEWAY)
        direct = visitor.client.get(address(name), secure=True)
        assert (name, through.status_code, direct.status_code) == (name, status, status)
        assert (name, through.content.decode().count(SAID)) == (name, 1)
        assert SAID not in direct.content.decode(), name


@pytest.mark.parametrize(("path", "status"), [("/en/aid/nothing/", 404), ("/en/aid/?a=%00", 400)])
def test_an_error_page_of_the_door_warns_too(client, path, status):
    answer = client.get(path, headers=GATEWAY)
    assert (answer.status_code, answer.content.decode().count(SAID)) == (status, 1)
    assert SAID not in client.get(path).content.decode()


def test_a_form_that_comes_back_and_the_receipt_warn_too(team):
    visitor = Visitor(client=Client(enforce_csrf_checks=True, headers=GATEWAY))
    visitor.go("request/plain/")
    assert SAID in visitor.send("request/plain/", story="", go="contact").text
    assert visitor.status == 422
    visitor.open_case()
    assert SAID in visitor.page.text


def test_the_desk_warns_too(team):
    member = accounts.signed_in(team.users["m01"])
    assert SAID in member.get("/desk/", headers=GATEWAY).content.decode()
    assert SAID not in member.get("/desk/").content.decode()


def test_a_public_page_which_is_kept_for_everybody_says_nothing_of_it(client):
    cms.planted()
    for headers in (GATEWAY, {}):
        answer = client.get("/en/", headers=headers)
        assert (answer.status_code, SAID in answer.content.decode()) == (200, False)
