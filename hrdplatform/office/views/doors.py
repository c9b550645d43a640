"""Wagtail's own ways in, out and to oneself, led to the platform's."""

from __future__ import annotations

from typing import NoReturn
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from hrdplatform.office.access import ENTER
from hrdplatform.web.addresses import local

SIGN_IN = "accounts:login"
SIGN_OUT = "accounts:logout"
HOME = "accounts:home"


def sign_in(request: HttpRequest) -> HttpResponse:
    """To the one sign-in page. A local `next` goes along.

    Who is signed in and was sent here by Wagtail has no role in the office: 403, since signing in would lead back.
    """
    if request.user.is_authenticated:
        if request.user.has_perm(ENTER):
            return redirect("wagtailadmin_home")
        raise PermissionDenied
    target = local(request.GET.get("next", ""))
    return redirect(f"{reverse(SIGN_IN)}?{urlencode({'next': target})}" if target else reverse(SIGN_IN))


def sign_out(request: HttpRequest) -> HttpResponse:
    """To the one sign-out. 307 keeps a POST a POST."""
    return redirect(reverse(SIGN_OUT), preserve_request=True)


def own_account(request: HttpRequest) -> HttpResponse:
    """Name, language, password and devices are looked after in one place."""
    return redirect(HOME)


def closed(request: HttpRequest, *arguments: object, **words: object) -> NoReturn:
    """Not offered here."""
    raise Http404
