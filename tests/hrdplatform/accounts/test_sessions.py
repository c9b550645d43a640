"""Sessions end by idling, by age and by verbs; the database holds no key."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from hrdplatform.accounts.domain.sessions import end_sessions, sweep_sessions
from hrdplatform.accounts.models import Session
from hrdplatform.accounts.sessions import SessionStore
from tests.factories.accounts import make_person, signed_in

pytestmark = pytest.mark.django_db
HOME = "/account/"


def key_of(client: Client) -> str:
    return client.cookies["__Host-session"].value


def test_a_session_lives_through_29_idle_minutes_and_not_through_31(stopped_clock):
    client = signed_in(make_person())
    stopped_clock.move(minutes=29)
    assert client.get(HOME).status_code == 200
    stopped_clock.move(minutes=29)
    assert client.get(HOME).status_code == 200
    stopped_clock.move(minutes=31)
    assert client.get(HOME).status_code == 302


def test_a_session_ends_after_twelve_busy_hours(stopped_clock):
    client = signed_in(make_person())
    for _ in range(35):
        stopped_clock.move(minutes=20)
        assert client.get(HOME).status_code == 200
    stopped_clock.move(minutes=20)
    assert client.get(HOME).status_code == 302


def test_changing_the_key_does_not_make_a_session_younger(stopped_clock):
    client = signed_in(make_person())
    stopped_clock.move(minutes=20)
    before = Session.objects.get().started_at
    store = SessionStore(key_of(client))
    store.cycle_key()
    assert Session.objects.get().started_at == before


def test_the_row_does_not_hold_the_key():
    client = signed_in(make_person())
    row = Session.objects.get()
    assert key_of(client) not in f"{row.session_key} {row.session_data}"
    assert not SessionStore(row.session_key).load()


def test_an_ended_session_is_not_brought_back_by_a_request_in_flight():
    user = make_person()
    client = signed_in(user)
    in_flight = SessionStore(key_of(client))
    in_flight["seen"] = True
    end_sessions(user)
    with pytest.raises(UpdateError):
        in_flight.save()
    assert not Session.objects.exists()


def test_ending_sessions_keeps_the_one_that_asks():
    user = make_person()
    here, there = signed_in(user), signed_in(user)
    assert end_sessions(user, keep=key_of(here)) == 1
    assert here.get(HOME).status_code == 200
    assert there.get(HOME).status_code == 302


def test_somebody_elses_sessions_stay():
    one, other = make_person(), make_person()
    client = signed_in(other)
    end_sessions(one)
    assert client.get(HOME).status_code == 200


def test_the_sweep_takes_what_is_over_and_nothing_else(stopped_clock):
    signed_in(make_person())
    stopped_clock.move(minutes=31)
    signed_in(make_person())
    assert sweep_sessions(at=stopped_clock.now()) == 1
    assert Session.objects.count() == 1


def test_a_click_a_minute_later_is_the_first_that_writes(stopped_clock):
    client = signed_in(make_person())
    client.get(HOME)
    before = Session.objects.get().expire_date
    stopped_clock.move(seconds=30)
    client.get(HOME)
    assert Session.objects.get().expire_date == before
    stopped_clock.move(seconds=90)
    client.get(HOME)
    assert Session.objects.get().expire_date > before
