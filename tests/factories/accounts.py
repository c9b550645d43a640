"""People with devices, and clients that are signed in as one of them."""

from datetime import datetime
from itertools import count

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import hotp

from hrdplatform.accounts.domain import totp
from hrdplatform.accounts.models import TotpDevice, User
from hrdplatform.accounts.rules import FACTOR_AT
from hrdplatform.web import clock

PASSWORD = "vier ruhige Störche warten"
numbers = count(1)


def make_user(email: str = "", *, name: str = "", language: str = "en", **fields) -> User:
    number = next(numbers)
    return User.objects.create_user(
        email or f"person{number}@example.org", PASSWORD, name=name or f"Person {number}", language=language, **fields
    )


def make_app(user: User, *, name: str = "My phone") -> TotpDevice:
    """A confirmed authenticator app none of whose codes was used."""
    device = totp.begin_app(user, name=name, at=clock.now())
    device.confirmed = True
    device.save()
    return device


def code_of(device: TotpDevice, at: datetime | None = None) -> str:
    """What the app shows at `at`, now if it is not given."""
    step = int((at or clock.now()).timestamp()) // totp.STEP
    return f"{hotp(totp.key_of(device), step, 6):06d}"


def make_person(email: str = "", **fields) -> User:
    """Somebody who can pass both steps."""
    user = make_user(email, **fields)
    make_app(user)
    return user


def signed_in(user: User, *, fresh: bool = True, verified: bool = True) -> Client:
    """A client in a session of `user`: both steps done, unless told otherwise."""
    client = Client(enforce_csrf_checks=False)
    client.force_login(user)
    if verified:
        device = TotpDevice.objects.filter(user=user, confirmed=True).first() or make_app(user)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        if fresh:
            session[FACTOR_AT] = clock.now().isoformat()
        session.save()
    return client
