"""The second step: a brake with a ceiling, audit lines, and what a change of devices ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django_otp.models import Device

from hrdplatform.accounts import queries
from hrdplatform.accounts.domain import backup, factors, totp
from hrdplatform.accounts.models import FactorAttempts, Session, TotpDevice
from hrdplatform.audit import Event
from hrdplatform.audit.models import Entry
from hrdplatform.conf import configuration
from hrdplatform.notices.models import Notice
from tests.factories.accounts import code_of, make_app, make_person, make_user, signed_in
from tests.hrdplatform.accounts.parallel import at_once

pytestmark = pytest.mark.django_db


def wrong_code(user, at):
    with pytest.raises(factors.WrongCodeError):
        factors.verify(user, code="00 00 0x", at=at)


def test_two_wrong_codes_cost_nothing_and_the_brake_never_exceeds_a_quarter_of_an_hour():
    waits = [factors.waiting_time(failures).total_seconds() for failures in range(9)]
    assert waits == [0, 0, 0, 30, 60, 120, 240, 480, 900]
    assert factors.waiting_time(10_000_000) == timedelta(minutes=15)


def waits_half_a_minute(user, stopped_clock) -> None:
    """The right code is refused now, and taken 30 seconds later."""
    device = TotpDevice.objects.get()
    with pytest.raises(factors.TooManyTriesError) as caught:
        factors.verify(user, code=code_of(device), at=stopped_clock.now())
    assert caught.value.wait == timedelta(seconds=30)
    stopped_clock.move(seconds=30)
    assert factors.verify(user, code=code_of(device), at=stopped_clock.now()) == device


def test_after_three_wrong_codes_even_the_right_one_has_to_wait(stopped_clock):
    user = make_person()
    for _ in range(3):
        wrong_code(user, stopped_clock.now())
    waits_half_a_minute(user, stopped_clock)


def test_after_any_number_of_wrong_codes_the_right_one_counts_a_quarter_of_an_hour_later(stopped_clock):
    user = make_person()
    FactorAttempts.objects.create(user=user, failures=2_000_000_000, failed_at=stopped_clock.now())
    device = TotpDevice.objects.get()
    stopped_clock.move(minutes=14, seconds=59)
    with pytest.raises(factors.TooManyTriesError):
        factors.verify(user, code=code_of(device), at=stopped_clock.now())
    stopped_clock.move(seconds=1)
    assert factors.verify(user, code=code_of(device), at=stopped_clock.now()) == device


def test_a_clock_that_is_put_back_makes_nobody_wait_longer(stopped_clock):
    user = make_person()
    for _ in range(3):
        wrong_code(user, stopped_clock.now())
    stopped_clock.move(days=-30)
    waits_half_a_minute(user, stopped_clock)


def test_a_right_code_lets_the_brake_go(stopped_clock):
    user = make_person()
    wrong_code(user, stopped_clock.now())
    factors.verify(user, code=code_of(TotpDevice.objects.get()), at=stopped_clock.now())
    assert FactorAttempts.objects.get().failures == 0


def test_a_refused_code_leaves_an_audit_line_without_the_code(stopped_clock):
    user = make_person()
    wrong_code(user, stopped_clock.now())
    entry = Entry.objects.get(event=Event.FACTOR_REFUSED)
    assert entry.actor == f"user:{user.pk}"
    assert entry.facts == {}


def test_a_back_up_code_passes_the_second_step_and_says_so_by_mail(stopped_clock):
    user = make_person()
    code = backup.make_sheet(user, at=stopped_clock.now())[0]
    assert factors.verify(user, code=code, at=stopped_clock.now()) == queries.sheets(user).get()
    assert Notice.objects.get().context["left"] == 9


def test_the_first_code_confirms_and_is_spent(stopped_clock):
    user = make_user()
    device = totp.begin_app(user, name="", at=stopped_clock.now())
    code = code_of(device)
    factors.confirm_app(device, code=code, at=stopped_clock.now(), keep=None)
    assert queries.has_factor(user)
    with pytest.raises(factors.WrongCodeError):
        factors.verify(user, code=code, at=stopped_clock.now())


def test_a_wrong_first_code_confirms_nothing(stopped_clock):
    device = totp.begin_app(make_user(), name="", at=stopped_clock.now())
    with pytest.raises(totp.WrongFirstCodeError):
        factors.confirm_app(device, code="000000x", at=stopped_clock.now(), keep=None)
    assert not queries.has_factor(device.user)


def test_adding_and_removing_a_device_ends_the_other_sessions(stopped_clock):
    user = make_person()
    signed_in(user)
    second = totp.begin_app(user, name="", at=stopped_clock.now())
    factors.confirm_app(second, code=code_of(second), at=stopped_clock.now(), keep=None)
    assert not Session.objects.exists()
    signed_in(user)
    factors.remove_device(second, by=user, at=stopped_clock.now(), keep=None)
    assert not Session.objects.exists()
    assert Notice.objects.count() == 2


def test_the_last_device_stays(stopped_clock):
    user = make_person()
    with pytest.raises(factors.LastDeviceError):
        factors.remove_device(TotpDevice.objects.get(), by=user, at=stopped_clock.now(), keep=None)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_devices_removed_at_the_same_moment_leave_one(stopped_clock):
    user = make_user()
    devices = [make_app(user), make_app(user)]
    at = stopped_clock.now()
    at_once(2, lambda: factors.remove_device(devices.pop(), by=user, at=at, keep=None))
    assert len(queries.own_devices(user)) == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["app", "sheet"])
def test_a_code_used_twenty_times_at_once_passes_once_and_is_refused_nineteen_times(stopped_clock, kind):
    user, at = make_person(), stopped_clock.now()
    code = code_of(TotpDevice.objects.get()) if kind == "app" else backup.make_sheet(user, at=at)[0]
    wrong_code(user, at)  # the row of tries stands, so that making it does not queue them up
    results = at_once(20, lambda: factors.verify(user, code=code, at=at))
    assert sum(isinstance(result, Device) for result in results) == 1
    refused = [result for result in results if isinstance(result, factors.WrongCodeError | factors.TooManyTriesError)]
    assert len(refused) == 19
    assert queries.codes_left(user) in {0, 9}


def test_an_operator_forgets_the_factors_of_who_lost_them(stopped_clock):
    user = make_person()
    backup.make_sheet(user, at=stopped_clock.now())
    signed_in(user)
    factors.forget_factors(user, actor="system", at=stopped_clock.now())
    assert not queries.has_factor(user)
    assert not queries.codes_left(user)
    assert not Session.objects.exists()


def test_devices_and_codes_work_on_after_the_vault_key_was_rotated(stopped_clock, monkeypatch):
    user = make_person()
    code = backup.make_sheet(user, at=stopped_clock.now())[0]
    rotated = replace(configuration, vault_keys=("a newer line", *configuration.vault_keys))
    monkeypatch.setattr(totp, "configuration", rotated)
    monkeypatch.setattr(backup, "configuration", rotated)
    assert factors.verify(user, code=code_of(TotpDevice.objects.get()), at=stopped_clock.now())
    assert factors.verify(user, code=code, at=stopped_clock.now())
