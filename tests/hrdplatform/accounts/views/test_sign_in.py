"""Signing in and out over HTTP."""

import pytest
from django.test import Client

from hrdplatform.accounts.models import Session, TotpDevice
from tests.factories.accounts import PASSWORD, code_of, make_person, make_user, signed_in

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
STEP = "/account/second-factor/"


@pytest.fixture(autouse=True)
def empty_cache():
    from django.core.cache import cache

    cache.clear()


def key_of(client):
    return client.cookies["__Host-session"].value


def sign_in(client, user, password=PASSWORD, target=""):
    return client.post(LOGIN, {"email": user.email, "password": password, "next": target})


def test_both_steps_lead_to_where_one_wanted_to_go(stopped_clock):
    user, client = make_person(), Client()
    first = sign_in(client, user, target="/desk/")
    assert first["Location"] == "/account/second-factor/?next=%2Fdesk%2F"
    second = client.post(STEP, {"code": code_of(TotpDevice.objects.get()), "next": "/desk/"})
    assert second["Location"] == "/desk/"
    assert client.get("/account/").status_code == 200


def test_the_session_key_changes_at_each_step(stopped_clock):
    user, client = make_person(), Client()
    sign_in(client, user)
    first = key_of(client)
    sign_in(client, user)
    again = key_of(client)
    client.post(STEP, {"code": code_of(TotpDevice.objects.get())})
    assert len({first, again, key_of(client)}) == 3
    assert Session.objects.count() == 1


def test_a_planted_session_key_is_not_taken_over():
    client = Client()
    client.cookies["__Host-session"] = "planted0planted0planted0planted0"
    sign_in(client, make_person())
    assert key_of(client) != "planted0planted0planted0planted0"


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil", "\t//evil"],
)
def test_next_stays_at_home(stopped_clock, target):
    user, client = make_person(), Client()
    assert sign_in(client, user, target=target)["Location"] == STEP
    answer = client.post(STEP, {"code": code_of(TotpDevice.objects.get()), "next": target})
    assert answer["Location"] == "/account/"


def test_known_and_unknown_names_get_the_same_answer():
    user = make_user("ana@example.org")
    known = Client().post(LOGIN, {"email": user.email, "password": "wrong" * 4})
    unknown = Client().post(LOGIN, {"email": "bob@example.org", "password": "wrong" * 4})
    assert known.status_code == unknown.status_code == 422
    assert words(known, "ana") == words(unknown, "bob")
    assert set(known.headers) == set(unknown.headers)


def words(answer, name):
    text = answer.content.decode().replace(name, "NAME")
    token = answer.context["csrf_token"]
    return text.replace(str(token), "TOKEN")


def test_the_eleventh_try_from_one_place_waits_and_another_place_does_not(stopped_clock):
    user, client = make_person(), Client()
    for _ in range(10):
        assert sign_in(client, user, "wrong" * 4).status_code == 422
    assert sign_in(client, user).status_code == 429
    elsewhere = client.post(LOGIN, {"email": user.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302
    stopped_clock.move(minutes=15)
    assert sign_in(client, user).status_code == 302


def from_place(number, user, password=PASSWORD):
    fields = {"email": user.email, "password": password}
    return Client().post(LOGIN, fields, REMOTE_ADDR=f"192.0.2.{number}").status_code


def test_strangers_who_use_up_a_name_do_not_lock_out_who_came_in_from_here_yesterday(stopped_clock):
    user = make_person()
    assert from_place(1, user) == 302
    stopped_clock.move(hours=23)
    strangers = [from_place(100 + number // 9, user, "wrong" * 4) for number in range(101)]
    assert strangers == [422] * 100 + [429]
    assert from_place(2, user) == 429
    assert from_place(1, user) == 302


def test_a_wrong_code_keeps_one_outside_and_too_many_wait(stopped_clock):
    user, client = make_person(), Client()
    sign_in(client, user)
    assert [client.post(STEP, {"code": "000000x"}).status_code for _ in range(4)] == [422, 422, 422, 429]
    assert client.get("/account/").status_code == 302


def test_what_was_typed_is_not_lost_but_the_password_is_not_sent_back():
    answer = Client().post(LOGIN, {"email": "ana@example.org", "password": "my secret words"})
    assert b"ana@example.org" in answer.content
    assert b"my secret words" not in answer.content


def test_signing_out_takes_a_click_and_empties_the_browser():
    client = signed_in(make_person())
    assert client.get("/account/logout/").status_code == 200
    assert Session.objects.count() == 1
    answer = client.post("/account/logout/")
    assert answer.status_code == 200
    assert "cookies" in answer["Clear-Site-Data"]
    assert not Session.objects.exists()


def test_odd_input_is_an_error_and_no_breakdown():
    for email, password in [("x" * 400, "y" * 30_000), ("", ""), ("é@ü.example", "\u202e")]:
        assert Client().post(LOGIN, {"email": email, "password": password}).status_code == 422
    assert Client().post(LOGIN, {"email": "a\0b@example.org", "password": "x"}).status_code == 400


def test_sign_in_pages_are_not_kept():
    assert "no-store" in Client().get(LOGIN)["Cache-Control"]
    assert "ETag" not in Client().get(LOGIN)
