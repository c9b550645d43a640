"""Reads over several kinds of device."""

from __future__ import annotations

from django.db.models import QuerySet

from hrdplatform.accounts.models import BackupCode, BackupSheet, Passkey, TotpDevice, User


def own_devices(user: User) -> list[TotpDevice | Passkey]:
    """The confirmed apps and passkeys of one person, oldest first. Back-up codes are no device of their own."""
    apps = TotpDevice.objects.filter(user=user, confirmed=True).order_by("pk")
    passkeys = Passkey.objects.filter(user=user, confirmed=True).order_by("pk")
    return [*apps, *passkeys]


def has_factor(user: User) -> bool:
    """Whether a second step can be asked for: an app or a passkey stands."""
    return has_app(user) or bool(Passkey.objects.filter(user=user, confirmed=True).exists())


def has_app(user: User) -> bool:
    """Whether codes can be asked for."""
    return bool(TotpDevice.objects.filter(user=user, confirmed=True).exists())


def passkeys_at(user: User, relying_party: str) -> QuerySet[Passkey]:
    """The passkeys that the browser will find at this host."""
    found: QuerySet[Passkey] = Passkey.objects.filter(user=user, confirmed=True, relying_party=relying_party)
    return found


def hosts_of_passkeys(user: User) -> set[str]:
    """The host names at which this person has passkeys."""
    return set(Passkey.objects.filter(user=user, confirmed=True).values_list("relying_party", flat=True))


def sheets(user: User) -> QuerySet[BackupSheet]:
    """The sheet of back-up codes of one person, if there is one."""
    found: QuerySet[BackupSheet] = BackupSheet.objects.filter(user=user)
    return found


def codes_left(user: User) -> int:
    """How many back-up codes are still good."""
    return BackupCode.objects.filter(sheet__user=user, used_at=None).count()
