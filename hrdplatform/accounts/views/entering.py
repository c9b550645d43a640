"""What signing in does to the session of a browser, and where it leads."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import django_otp
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse

from hrdplatform.accounts.models import User
from hrdplatform.accounts.rules import FACTOR_AT
from hrdplatform.audit import Event, record
from hrdplatform.web.addresses import local

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(request: HttpRequest) -> User:
    """The person of this request, where the middleware lets nobody else in."""
    if not isinstance(request.user, User):
        message = "This address is not in the middleware's table."
        raise TypeError(message)
    return request.user


def door_of(request: HttpRequest) -> str:
    """The door's name, for audit lines and links."""
    return str(getattr(request, "door", ""))


def onward(request: HttpRequest) -> str:
    """Where `next` leads, if it is a path of this host."""
    return local(request.POST.get("next") or request.GET.get("next") or "")


def go(request: HttpRequest, name: str, *args: object) -> HttpResponseRedirect:
    """To another page of the account, with `next` kept."""
    target = onward(request)
    query = f"?{urlencode({'next': target})}" if target else ""
    return HttpResponseRedirect(reverse(name, args=args) + query)


def arrive(request: HttpRequest) -> HttpResponseRedirect:
    """Where the person wanted to go, else home of the account."""
    return HttpResponseRedirect(onward(request) or reverse("accounts:home"))


def enter(request: HttpRequest, user: User, *, at: datetime) -> None:
    """The password was right: a fresh session with a new key that carries nothing over from before."""
    request.session.flush()
    login(request, user, backend=BACKEND)
    record(Event.SIGNED_IN, actor=f"user:{user.pk}", object=f"user:{user.pk}", at=at, door=door_of(request))


def show_factor(request: HttpRequest, device: Any, *, at: datetime) -> None:
    """The second factor was right: the session is verified, fresh, and gets another key."""
    request.session.cycle_key()
    django_otp.login(request, device)
    request.session[FACTOR_AT] = at.isoformat()
    rotate_token(request)
    user = signed_in(request)
    record(Event.FACTOR_SHOWN, actor=f"user:{user.pk}", object=f"user:{user.pk}", at=at, door=door_of(request))
