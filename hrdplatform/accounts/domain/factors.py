"""The second factor: one code, of an app or from the sheet, tried with a brake; enrolling and removing devices."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django_otp.models import Device

from hrdplatform.accounts import queries
from hrdplatform.accounts.domain import backup, totp
from hrdplatform.accounts.domain.sessions import end_sessions
from hrdplatform.accounts.models import FactorAttempts, Passkey, TotpDevice, User
from hrdplatform.audit import Event, record
from hrdplatform.notices import Kind, queue

FREE_TRIES = 3
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
"""At this wait a thief with the password has 96 tries a day at three codes in a million."""


class WrongCodeError(Exception):
    """Neither a code that an app of this person shows now nor an unused back-up code."""


class TooManyTriesError(Exception):
    """The brake holds. `wait` says how long still."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Wait {wait.total_seconds():.0f} seconds.")
        self.wait = wait


class LastDeviceError(Exception):
    """The only app or passkey cannot be removed: without it the account would be open to the password alone."""


def waiting_time(failures: int) -> timedelta:
    """How long to wait after so many wrong codes in a row: 0, 0, 30 s, 1 min, 2 min … 15 min at most."""
    if failures < FREE_TRIES:
        return timedelta()
    doublings = min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _locked_attempts(user: User, at: datetime) -> FactorAttempts:
    FactorAttempts.objects.get_or_create(user=user, defaults={"failed_at": at})
    return FactorAttempts.objects.select_for_update().get(user=user)


def _begin_wait_now(user: User, at: datetime) -> None:
    """A try that lies in the future was counted before the clock was put back: its wait begins now, and is no longer.

    Stands outside the transaction of `verify`, which leaves nothing behind when it refuses.
    """
    FactorAttempts.objects.filter(user=user, failed_at__gt=at).update(failed_at=at)


def _refuse_hurry(attempts: FactorAttempts, at: datetime) -> None:
    left = attempts.failed_at + waiting_time(attempts.failures) - at
    if left > timedelta():
        raise TooManyTriesError(left)


def verify(user: User, *, code: str, at: datetime) -> Device:
    """The device that vouches for `user`; the code is spent and the brake let go.

    Raises `WrongCodeError` (counted, and in the audit record) and `TooManyTriesError` (the code was not looked at).
    """
    _begin_wait_now(user, at)
    with transaction.atomic():
        attempts = _locked_attempts(user, at)
        _refuse_hurry(attempts, at)
        device = _spend(user, code, at)
        if device is None:
            attempts.failures += 1
            attempts.failed_at = at
            record(Event.FACTOR_REFUSED, actor=f"user:{user.pk}", object=f"user:{user.pk}", at=at)
        else:
            attempts.failures = 0
        attempts.save()
    if device is None:
        raise WrongCodeError
    return device


def _spend(user: User, code: str, at: datetime) -> Device | None:
    if not backup.looks_like_code(code):
        return totp.spend(user, "".join(code.split()), at=at)
    sheet = backup.spend(user, code, at=at)
    if sheet is not None:
        record(Event.BACKUP_CODE_USED, actor=f"user:{user.pk}", object=f"user:{user.pk}", at=at)
        left = queries.codes_left(user)
        queue(Kind.BACKUP_CODE_USED, to=user.email, language=user.language, context={"name": user.name, "left": left})
    return sheet


@transaction.atomic
def confirm_app(device: TotpDevice, *, code: str, at: datetime, keep: str | None) -> TotpDevice:
    """The app counts from now on; every other session of its owner ends (`keep` is the key of the one that stays).

    The first code is spent. Raises `WrongFirstCodeError`, and `TotpDevice.DoesNotExist` if it was confirmed before.
    """
    device = TotpDevice.objects.select_for_update().select_related("user").get(pk=device.pk, confirmed=False)
    step = totp.matching_step(device, "".join(code.split()), at=at)
    if step is None:
        raise totp.WrongFirstCodeError
    device.confirmed = True
    device.last_step = step
    device.last_used_at = at
    device.save(update_fields=["confirmed", "last_step", "last_used_at"])
    tell_added(device.user, device=f"totp:{device.pk}", at=at, keep=keep)
    return device


def tell_added(user: User, *, device: str, at: datetime, keep: str | None) -> None:
    """What follows from a new device: an audit line, a mail, the end of all other sessions."""
    record(Event.DEVICE_ADDED, actor=f"user:{user.pk}", object=device, at=at)
    queue(Kind.DEVICE_ADDED, to=user.email, language=user.language, context={"name": user.name})
    end_sessions(user, keep=keep)


@transaction.atomic
def remove_device(device: TotpDevice | Passkey, *, by: User, at: datetime, keep: str | None) -> None:
    """Takes an app or a passkey of one's own away and ends all other sessions. Raises `LastDeviceError`."""
    user = User.objects.select_for_update().get(pk=by.pk)
    if len(queries.own_devices(user)) < 2:
        raise LastDeviceError
    noun = "totp" if isinstance(device, TotpDevice) else "passkey"
    record(Event.DEVICE_REMOVED, actor=f"user:{by.pk}", object=f"{noun}:{device.pk}", at=at)
    device.delete()
    queue(Kind.DEVICE_REMOVED, to=user.email, language=user.language, context={"name": user.name})
    end_sessions(user, keep=keep)


@transaction.atomic
def forget_factors(user: User, *, actor: str, at: datetime) -> None:
    """Takes every device and code of somebody who lost them all; the next sign-in enrols anew. An operator's verb."""
    for device in queries.own_devices(user):
        device.delete()
    queries.sheets(user).delete()
    FactorAttempts.objects.filter(user=user).delete()
    record(Event.FACTORS_FORGOTTEN, actor=actor, object=f"user:{user.pk}", at=at)
    queue(Kind.DEVICE_REMOVED, to=user.email, language=user.language, context={"name": user.name})
    end_sessions(user)
