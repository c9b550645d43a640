"""Which address asks for what, and who is sent where."""

import pytest
from django.conf import settings
from django.test import Client

from hrdplatform.accounts.middleware import Access, asked
from tests.factories.accounts import make_app, make_person, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/office/", "/office", "/office/pages/3/edit/", "/desk/", "/desk/sealed/x", "/account/"]
)
def test_office_desk_and_accounts_ask_for_the_second_factor(path):
    for door in ("office", "aid", "public"):
        assert asked(door, path) >= Access.VERIFIED


@pytest.mark.parametrize(
    "path", ["/fr/", "/fr/aid/request/", "/health/live", "/account/login/", "/officer/", "/desktop/"]
)
def test_what_everybody_may_see_asks_for_nothing(path):
    assert asked("public", path) == Access.OPEN


def test_on_the_offices_own_host_everything_unknown_asks_for_the_second_factor():
    assert asked("office", "/anything/at/all") == Access.VERIFIED
    assert asked("office", "/health/live") == Access.OPEN


def test_a_new_page_of_accounts_is_closed():
    """A new page below /account/ is closed until somebody writes a line for it."""
    assert asked("aid", "/account/some-day-later/") == Access.VERIFIED


def test_a_stranger_is_sent_to_sign_in_and_comes_back():
    answer = Client().get("/desk/?page=2")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=%2Fdesk%2F%3Fpage%3D2")


def test_the_password_alone_opens_nothing():
    client = signed_in(make_person(), verified=False)
    for path in ("/office/", "/desk/", "/account/", "/account/app/", "/account/codes/", "/account/passkey/"):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/account/second-factor/?next="), path


def test_who_has_no_device_is_sent_to_enrolment():
    client = signed_in(make_user(), verified=False)
    assert client.get("/office/")["Location"] == "/account/enrol/?next=%2Foffice%2F"
    assert client.get("/account/enrol/").status_code == 200


def test_adding_a_device_to_an_account_that_has_one_needs_a_fresh_factor(stopped_clock):
    client = signed_in(make_person())
    assert client.get("/account/enrol/").status_code == 200
    stopped_clock.move(minutes=6)
    assert client.get("/account/enrol/")["Location"].startswith("/account/second-factor/")
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("path", ["/account/codes/", "/account/password/", "/account/device/app/1/remove/"])
def test_changing_what_one_signs_in_with_needs_a_fresh_factor(path):
    client = signed_in(make_person(), fresh=False)
    assert client.get(path)["Location"].startswith("/account/second-factor/")


def test_a_script_gets_an_answer_it_can_read():
    answer = Client().post("/desk/sealed/", headers={"sec-fetch-mode": "cors"})
    assert (answer.status_code, answer.json()) == (401, {"error": "signed_out"})


def test_a_removed_device_no_longer_vouches():
    user = make_person()
    make_app(user)
    client = signed_in(user)
    user.totpdevice_set.first().delete()
    assert client.get("/account/")["Location"].startswith("/account/second-factor/")


def test_a_switched_off_person_is_out_at_once():
    user = make_person()
    client = signed_in(user)
    user.is_active = False
    user.save()
    assert client.get("/account/")["Location"].startswith("/account/login/")


def test_pages_speak_the_persons_language_unless_another_was_chosen():
    client = signed_in(make_person(language="de"))
    assert client.get("/account/")["Content-Language"] == "de"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    assert client.get("/account/")["Content-Language"] == "fr"


def test_a_public_address_does_not_look_at_the_session(django_assert_num_queries):
    client = signed_in(make_person())
    with django_assert_num_queries(0):
        assert client.get("/health/live").status_code == 200
