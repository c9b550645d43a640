"""What a page of the office learns before it sends a form: the token of now, and when the session ends."""

import pytest
from django.middleware.csrf import _does_token_match
from django.test import Client
from django.urls import reverse

from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.learning import guide
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_member, make_organisation

pytestmark = pytest.mark.django_db
ASK = "/office/signed-in/"
BY_SCRIPT = {"Sec-Fetch-Mode": "cors"}


@pytest.fixture
def author() -> Client:
    return signed_in(make_member(make_organisation(), Role.AUTHOR))


def test_who_is_signed_in_gets_the_token_that_forms_need_now(author):
    answer = author.get(ASK, headers=BY_SCRIPT)
    assert _does_token_match(answer.json()["token"], author.cookies["__Host-csrf"].value)
    assert answer["Cache-Control"] == "no-store"
    assert set(answer.json()) == {"token", "seconds"}


def test_who_is_signed_out_is_told_so():
    answer = Client().get(ASK, headers=BY_SCRIPT)
    assert (answer.status_code, answer.json()) == (401, {"error": "signed_out"})


def test_asking_does_not_prolong_the_session(stopped_clock, author):
    for minutes, left in ((10, 20), (10, 10), (9, 1)):
        stopped_clock.move(minutes=minutes)
        assert author.get(ASK, headers=BY_SCRIPT).json()["seconds"] == left * 60
    stopped_clock.move(minutes=2)
    assert author.get(ASK, headers=BY_SCRIPT).status_code == 401


def test_an_open_editor_that_nobody_touches_does_not_prolong_the_session(stopped_clock):
    draft = guide("Telephone", live=False)
    left_alone = signed_in(platform_administrator())
    ping = reverse("wagtailadmin_editing_sessions:ping", args=["cms", "guidepage", draft.pk, 1])
    for _ in range(2):
        stopped_clock.move(minutes=14)
        assert left_alone.post(ping, {"is_editing": "1"}, headers=BY_SCRIPT).status_code == 200
    assert left_alone.get(ASK, headers=BY_SCRIPT).json()["seconds"] == 2 * 60
    stopped_clock.move(minutes=3)
    assert left_alone.post(ping, headers=BY_SCRIPT).status_code == 401


def test_after_half_a_day_a_session_ends_however_busy_it_is(stopped_clock, author):
    for _ in range(35):
        stopped_clock.move(minutes=20)
        author.get("/office/")
    assert author.get(ASK, headers=BY_SCRIPT).json()["seconds"] == 20 * 60
