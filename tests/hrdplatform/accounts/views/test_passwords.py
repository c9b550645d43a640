"""Changing and resetting the password over HTTP."""

import pytest
from django.core.cache import cache
from django.test import Client

from hrdplatform.accounts.domain.passwords import answer_resets
from hrdplatform.accounts.models import ResetRequest, Session, User
from hrdplatform.notices.models import Notice
from tests.factories.accounts import PASSWORD, make_person, make_user, signed_in

pytestmark = pytest.mark.django_db
NEW = "sieben graue Kiesel am Ufer"
ASK = "/account/password/reset/"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def test_a_change_keeps_this_session_under_another_key_and_ends_the_others():
    user = make_person()
    here, there = signed_in(user), signed_in(user)
    before = here.cookies["__Host-session"].value
    assert here.post("/account/password/", {"old": PASSWORD, "new": NEW}).status_code == 302
    assert here.cookies["__Host-session"].value != before
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert Session.objects.count() == 1


def test_a_change_needs_the_present_password():
    client = signed_in(make_person())
    answer = client.post("/account/password/", {"old": "not the present one", "new": NEW})
    assert answer.status_code == 422
    assert User.objects.get().check_password(PASSWORD)


def test_asking_answers_alike_for_known_and_unknown_and_over_the_limit():
    user = make_user()
    answers = [Client().post(ASK, {"email": email}) for email in [user.email, "nobody@example.org"] * 5]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/account/password/reset/sent/")}
    assert ResetRequest.objects.count() == 6


def test_the_link_of_the_mail_sets_a_password_and_works_once(stopped_clock):
    user = make_user()
    Client().post(ASK, {"email": user.email})
    answer_resets(at=stopped_clock.now())
    page = "/" + Notice.objects.get().context["link"].split("/", 3)[3]
    assert Client().get(page).status_code == 200
    assert Client().post(page, {"new": "short"}).status_code == 422
    assert Client().post(page, {"new": NEW}).status_code == 200
    assert Client().post(page, {"new": PASSWORD}).status_code == 410
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_new_password_does_not_open_the_second_step(stopped_clock):
    user = make_person()
    Client().post(ASK, {"email": user.email})
    answer_resets(at=stopped_clock.now())
    client = Client()
    client.post("/" + Notice.objects.get().context["link"].split("/", 3)[3], {"new": NEW})
    client.post("/account/login/", {"email": user.email, "password": NEW})
    assert client.get("/account/")["Location"].startswith("/account/second-factor/")
