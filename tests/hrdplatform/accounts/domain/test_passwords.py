"""Passwords: equal work for known and unknown names, sessions that end, links that work once for an hour."""

import pytest
from argon2 import low_level

from hrdplatform.accounts.domain import passwords
from hrdplatform.accounts.models import ResetRequest, Session
from hrdplatform.notices import Kind
from hrdplatform.notices.models import Notice
from tests.factories.accounts import PASSWORD, make_person, make_user, signed_in

pytestmark = pytest.mark.django_db
NEW = "sieben graue Kiesel am Ufer"


@pytest.fixture
def hashings(monkeypatch):
    """Counts real Argon2 runs, of hashing and of verifying alike."""
    counted = []
    for name in ("hash_secret", "verify_secret"):
        real = getattr(low_level, name)
        monkeypatch.setattr(
            low_level, name, lambda *parts, real=real, **named: (counted.append(1), real(*parts, **named))[1]
        )
    monkeypatch.setattr("argon2._password_hasher.verify_secret", low_level.verify_secret)
    monkeypatch.setattr("argon2._password_hasher.hash_secret", low_level.hash_secret)
    return counted


def refused(email, password):
    with pytest.raises(passwords.WrongPasswordError):
        passwords.check_password(email=email, password=password)


def test_the_address_counts_in_any_case():
    user = make_user("ana@example.org")
    assert passwords.check_password(email="ANA@example.org", password=PASSWORD) == user


def test_unknown_wrong_and_switched_off_cost_one_hashing_each(hashings):
    known, off, blank = make_user(), make_user(is_active=False), make_user()
    blank.set_unusable_password()
    blank.save()
    for email in (known.email, "nobody@example.org", off.email, blank.email):
        hashings.clear()
        refused(email, "something else entirely")
        assert len(hashings) == 1, email


def test_a_switched_off_account_stays_out_with_the_right_password():
    refused(make_user(is_active=False).email, PASSWORD)


def test_a_new_password_ends_the_other_sessions(stopped_clock):
    user = make_person()
    signed_in(user)
    passwords.change_password(user, new=NEW, at=stopped_clock.now(), keep=None)
    assert not Session.objects.exists()
    assert Notice.objects.get().kind == Kind.PASSWORD_CHANGED


def link_parts(stopped_clock, email):
    passwords.ask_reset(email=email, language="en", door="office", at=stopped_clock.now())
    passwords.answer_resets(at=stopped_clock.now())
    return Notice.objects.get().context["link"].rstrip("/").split("/")[-2:]


def test_asking_costs_the_same_for_known_and_unknown(stopped_clock, django_assert_num_queries):
    for email in (make_user().email, "nobody@example.org"):
        with django_assert_num_queries(1):
            passwords.ask_reset(email=email, language="en", door="office", at=stopped_clock.now())


def test_only_a_known_address_gets_a_mail_and_both_askings_are_forgotten(stopped_clock):
    for email in (make_user().email, "nobody@example.org"):
        passwords.ask_reset(email=email, language="en", door="office", at=stopped_clock.now())
    assert passwords.answer_resets(at=stopped_clock.now()) == 2
    assert Notice.objects.count() == 1
    assert not ResetRequest.objects.exists()


def test_a_link_sets_the_password_once(stopped_clock):
    user = make_user()
    person, token = link_parts(stopped_clock, user.email)
    passwords.reset_password(person=person, token=token, new=NEW, at=stopped_clock.now())
    assert passwords.check_password(email=user.email, password=NEW)
    with pytest.raises(passwords.ResetRefusedError):
        passwords.reset_password(person=person, token=token, new=PASSWORD, at=stopped_clock.now())


@pytest.mark.parametrize(("person", "token"), [("MQ", "x-y"), ("!", "x"), ("OTk5OTk5", "a-b"), ("", "")])
def test_a_made_up_link_is_refused(person, token):
    make_user()
    with pytest.raises(passwords.ResetRefusedError):
        passwords.person_of_link(person, token)


def test_somebody_elses_token_is_refused(stopped_clock):
    _person, token = link_parts(stopped_clock, make_user().email)
    other = passwords.urlsafe_base64_encode(str(make_user().pk).encode())
    with pytest.raises(passwords.ResetRefusedError):
        passwords.person_of_link(other, token)
