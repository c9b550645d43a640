"""Passwords: signing in with one, changing it, and asking for a new one by mail."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import authenticate
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from hrdplatform.accounts.domain.sessions import end_sessions
from hrdplatform.accounts.models import ResetRequest, User
from hrdplatform.audit import Event, record
from hrdplatform.notices import Kind, queue, wake
from hrdplatform.web.doors import door_url


class WrongPasswordError(Exception):
    """No such address, another password, or an account that was switched off: nobody learns which."""


class ResetRefusedError(Exception):
    """The link was used, is older than an hour, or belongs to nobody."""


class _ResetTokens(PasswordResetTokenGenerator):
    key_salt = "hrdplatform.accounts.password-reset"


tokens = _ResetTokens()
"""Good for `PASSWORD_RESET_TIMEOUT` seconds and until the password changes or somebody signs in."""


def check_password(*, email: str, password: str) -> User:
    """The person whose address and password these are. Raises `WrongPasswordError`.

    For an unknown address the hasher runs once as well, so that the time tells nothing.
    """
    user = authenticate(None, username=email.strip().lower(), password=password)
    if not isinstance(user, User):
        raise WrongPasswordError
    return user


@transaction.atomic
def change_password(user: User, *, new: str, at: datetime, keep: str | None) -> None:
    """The new password counts at once and every other session ends. `new` was checked by the form."""
    user.set_password(new)
    user.save(update_fields=["password"])
    record(Event.PASSWORD_CHANGED, actor=f"user:{user.pk}", object=f"user:{user.pk}", at=at)
    queue(Kind.PASSWORD_CHANGED, to=user.email, language=user.language, context={"name": user.name})
    end_sessions(user, keep=keep)


def ask_reset(*, email: str, language: str, door: str, at: datetime) -> None:
    """Notes that somebody asked. The same work for a known and an unknown address; the worker looks it up later."""
    ResetRequest.objects.create(email=email.strip().lower(), language=language, door=door, asked_at=at)
    wake("accounts.resets")


def answer_resets(*, at: datetime, limit: int = 100) -> int:
    """Sends a link to each asked address that has an account, and forgets the asking; answers how many it took."""
    numbers = list(ResetRequest.objects.order_by("asked_at").values_list("pk", flat=True)[:limit])
    return sum(_answer_reset(number, at) for number in numbers)


@transaction.atomic
def _answer_reset(number: int, at: datetime) -> bool:
    request = ResetRequest.objects.select_for_update().filter(pk=number).first()
    if request is None:
        return False
    request.delete()
    user = User.objects.filter(email=request.email, is_active=True).first()
    if user is not None:
        person = urlsafe_base64_encode(force_bytes(user.pk))
        link = door_url(request.door, "accounts:reset", person, tokens.make_token(user))
        record(Event.RESET_SENT, actor="system", object=f"user:{user.pk}", at=at)
        queue(Kind.PASSWORD_RESET, to=user.email, language=user.language, context={"name": user.name, "link": link})
    return True


def person_of_link(person: str, token: str) -> User:
    """Whose reset link this is. Raises `ResetRefusedError`."""
    try:
        user = User.objects.get(pk=int(urlsafe_base64_decode(person)), is_active=True)
    except (ValueError, OverflowError, User.DoesNotExist) as error:
        raise ResetRefusedError from error
    if not tokens.check_token(user, token):
        raise ResetRefusedError
    return user


@transaction.atomic
def reset_password(*, person: str, token: str, new: str, at: datetime) -> User:
    """Sets the password that the holder of the link chose; the link is spent and all sessions end.

    The second factor stays as it is. Raises `ResetRefusedError`.
    """
    user = person_of_link(person, token)
    user = User.objects.select_for_update().get(pk=user.pk)
    if not tokens.check_token(user, token):
        raise ResetRefusedError
    change_password(user, new=new, at=at, keep=None)
    return user
