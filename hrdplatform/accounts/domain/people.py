"""People: making an account, its name and language, switching it off and on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hrdplatform.accounts.domain.sessions import end_sessions
from hrdplatform.accounts.models import User
from hrdplatform.audit import Event, record


class AddressTakenError(Exception):
    """There is an account with this address already."""


class OwnAccountError(Exception):
    """Nobody switches the own account off: the platform could be left without administrators."""


@transaction.atomic
def make_account(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    *, email: str, name: str, password: str, language: str, actor: str, at: datetime
) -> User:
    """A new account without any role. `password` was checked by the form. Raises `AddressTakenError`."""
    if User.objects.filter(email=email.strip().lower()).exists():
        raise AddressTakenError
    user = User.objects.create_user(email, password, name=name, language=language, joined_at=at)
    record(Event.ACCOUNT_MADE, actor=actor, object=f"user:{user.pk}", at=at)
    return user


@transaction.atomic
def change_profile(user: User, *, name: str, language: str, at: datetime) -> None:
    """The name that colleagues read, and the language of pages and mails."""
    user.name = name
    user.language = language
    user.save(update_fields=["name", "language"])
    record(Event.PROFILE_CHANGED, actor=f"user:{user.pk}", object=f"user:{user.pk}", at=at)


@transaction.atomic
def switch_off(user: User, *, by: User, at: datetime) -> None:
    """The person cannot sign in any more, and every session ends now. Raises `OwnAccountError`."""
    if user.pk == by.pk:
        raise OwnAccountError
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(Event.ACCOUNT_SWITCHED_OFF, actor=f"user:{by.pk}", object=f"user:{user.pk}", at=at)
    end_sessions(user)


@transaction.atomic
def switch_on(user: User, *, by: User, at: datetime) -> None:
    """The person may sign in again, with the password and devices of before."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(Event.ACCOUNT_SWITCHED_ON, actor=f"user:{by.pk}", object=f"user:{user.pk}", at=at)
