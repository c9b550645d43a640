"""Authenticator apps: codes count once, within one step, and only of confirmed keys."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from hrdplatform.accounts.domain import totp
from hrdplatform.accounts.models import TotpDevice
from hrdplatform.sealing.errors import TamperedError
from tests.factories.accounts import code_of, make_app, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_code_counts_one_step_early_and_late(stopped_clock, seconds):
    device = make_app(make_user())
    code = code_of(device, stopped_clock.now())
    stopped_clock.move(seconds=seconds)
    assert totp.spend(device.user, code, at=stopped_clock.now()) == device


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_code_two_steps_off_does_not_count(stopped_clock, seconds):
    device = make_app(make_user())
    code = code_of(device, stopped_clock.now())
    stopped_clock.move(seconds=seconds)
    assert totp.spend(device.user, code, at=stopped_clock.now()) is None


def test_a_code_counts_once(stopped_clock):
    device = make_app(make_user())
    code = code_of(device)
    assert totp.spend(device.user, code, at=stopped_clock.now())
    assert totp.spend(device.user, code, at=stopped_clock.now()) is None


def test_an_earlier_code_does_not_count_after_a_later_one(stopped_clock):
    device = make_app(make_user())
    earlier = code_of(device)
    stopped_clock.move(seconds=30)
    assert totp.spend(device.user, code_of(device), at=stopped_clock.now())
    assert totp.spend(device.user, earlier, at=stopped_clock.now()) is None


def test_an_unconfirmed_key_makes_no_code_that_counts(stopped_clock):
    device = totp.begin_app(make_user(), name="", at=stopped_clock.now())
    assert totp.spend(device.user, code_of(device), at=stopped_clock.now()) is None


def test_somebody_elses_code_does_not_count(stopped_clock):
    device = make_app(make_user())
    assert totp.spend(make_user(), code_of(device), at=stopped_clock.now()) is None


def test_the_key_is_not_in_the_row():
    device = make_app(make_user())
    key = totp.key_of(device)
    row = bytes(TotpDevice.objects.values_list("sealed_key", flat=True).get())
    assert key not in row
    assert base64.b32encode(key) not in row


def test_a_sealed_key_moved_to_another_person_does_not_open():
    device, thief = make_app(make_user()), make_user()
    TotpDevice.objects.filter(pk=device.pk).update(user=thief)
    with pytest.raises(TamperedError):
        totp.key_of(TotpDevice.objects.get())


def test_the_address_and_the_written_key_carry_the_same_key():
    device = make_app(make_user("ana@example.org"))
    parts = urlsplit(totp.address(device))
    fields = parse_qs(parts.query)
    assert parts.scheme == "otpauth"
    assert fields["secret"] == [totp.written(device).replace(" ", "")]
    assert base64.b32decode(fields["secret"][0]) == totp.key_of(device)
    assert "ana%40example.org" in parts.path


def test_a_second_beginning_drops_the_first(stopped_clock):
    user = make_user()
    first = totp.begin_app(user, name="", at=stopped_clock.now())
    totp.begin_app(user, name="", at=stopped_clock.now())
    assert not TotpDevice.objects.filter(pk=first.pk).exists()


def test_nobody_has_six_apps(stopped_clock):
    user = make_user()
    for _ in range(5):
        make_app(user)
    with pytest.raises(totp.TooManyAppsError):
        totp.begin_app(user, name="", at=stopped_clock.now())
