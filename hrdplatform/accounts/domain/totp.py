"""Authenticator apps: making the shared key, confirming it with a first code, spending later codes.

RFC 6238 with the values that every app knows: SHA-1, six digits, 30 seconds. A code counts within one step before and
after the present one, and no step counts twice (RFC 6238, section 5.2).
"""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django_otp.oath import hotp

from hrdplatform.accounts.models import TotpDevice, User
from hrdplatform.conf import configuration
from hrdplatform.sealing.vault import open_secret, seal_secret

STEP = 30
DIGITS = 6
KEY_BYTES = 20
WINDOW = (0, -1, 1)
MOST_APPS = 5


class TooManyAppsError(Exception):
    """Somebody has five authenticator apps already; each more would be one more chance to guess."""


class WrongFirstCodeError(Exception):
    """The code does not belong to the key on the screen."""


def _context(user_id: int) -> bytes:
    return f"accounts/totp/{user_id}".encode()


def key_of(device: TotpDevice) -> bytes:
    """The 20 bytes shared with the app. Raises the vault's error if the row was moved to another person."""
    return open_secret(bytes(device.sealed_key), configuration.vault_keys, _context(device.user_id))


@transaction.atomic
def begin_app(user: User, *, name: str, at: datetime) -> TotpDevice:
    """A new key that counts for nothing until a first code confirms it; an earlier unconfirmed one is dropped.

    Raises `TooManyAppsError`.
    """
    if TotpDevice.objects.filter(user=user, confirmed=True).count() >= MOST_APPS:
        raise TooManyAppsError
    TotpDevice.objects.filter(user=user, confirmed=False).delete()
    key = secrets.token_bytes(KEY_BYTES)
    device: TotpDevice = TotpDevice.objects.create(
        user=user,
        name=name,
        confirmed=False,
        sealed_key=seal_secret(key, configuration.vault_keys, _context(user.pk)),
        created_at=at,
    )
    return device


def written(device: TotpDevice) -> str:
    """The key as people type it into an app: 32 letters and digits of base32 in groups of four."""
    text = base64.b32encode(key_of(device)).decode()
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def address(device: TotpDevice) -> str:
    """The `otpauth:` address that a QR code carries to an app."""
    issuer = str(settings.PLATFORM_NAME)
    label = quote(f"{issuer}:{device.user.email}")
    secret = base64.b32encode(key_of(device)).decode()
    query = urlencode({"secret": secret, "issuer": issuer, "algorithm": "SHA1", "digits": DIGITS, "period": STEP})
    return f"otpauth://totp/{label}?{query}"


def matching_step(device: TotpDevice, code: str, *, at: datetime) -> int | None:
    """The unspent step whose code this is, or None. Compares all three steps in constant time each."""
    now = int(at.timestamp()) // STEP
    key = key_of(device)
    found: int | None = None
    for offset in WINDOW:
        step = now + offset
        right = constant_time_compare(f"{hotp(key, step, DIGITS):0{DIGITS}d}", code)
        if right and step > device.last_step and found is None:
            found = step
    return found


def spend(user: User, code: str, *, at: datetime) -> TotpDevice | None:
    """The app that shows `code` now; its step is spent. None for a wrong or spent one. Runs in a transaction."""
    device: TotpDevice
    for device in TotpDevice.objects.select_for_update().filter(user=user, confirmed=True).order_by("pk"):
        step = matching_step(device, code, at=at)
        if step is not None:
            device.last_step = step
            device.last_used_at = at
            device.save(update_fields=["last_step", "last_used_at"])
            return device
    return None
