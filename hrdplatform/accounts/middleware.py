"""One middleware guards the office, the desk and the accounts: who is let past is a table of doors and paths."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import translation

from hrdplatform.accounts import queries, rules
from hrdplatform.web import clock
from hrdplatform.web.doors import Door


class Access(IntEnum):
    """What an address asks of a visitor."""

    OPEN = 0
    SIGNED_IN = 1
    """The password was right; the second step is still to come."""
    ENROL = 2
    """Signed in, and either without any device yet or with the second factor shown a moment ago."""
    VERIFIED = 3
    FRESH = 4
    """The second factor was shown within five minutes."""


PATHS: tuple[tuple[str, Access], ...] = (
    ("/account/login/", Access.OPEN),
    ("/account/password/reset/", Access.OPEN),
    ("/account/invitation/", Access.OPEN),
    ("/account/logout/", Access.SIGNED_IN),
    ("/account/second-factor/", Access.SIGNED_IN),
    ("/account/enrol/", Access.ENROL),
    ("/account/app/", Access.ENROL),
    ("/account/passkey/", Access.ENROL),
    ("/account/codes/", Access.FRESH),
    ("/account/device/", Access.FRESH),
    ("/account/password/", Access.FRESH),
    ("/account/", Access.VERIFIED),
    ("/office/", Access.VERIFIED),
    ("/desk/", Access.VERIFIED),
)
"""The first line that fits counts."""

OPEN_AT_OFFICE = ("/health/", "/static/", "/language/", "/robots.txt", "/favicon.ico")
"""All else on the office's own host name asks for the second factor, whether an address exists or not."""


def asked(door: str, path: str) -> Access:
    """What an address asks for."""
    for prefix, access in PATHS:
        if path.startswith(prefix) or path == prefix.rstrip("/"):
            return access
    if door == Door.OFFICE and path != "/" and not path.startswith(OPEN_AT_OFFICE):
        return Access.VERIFIED
    return Access.OPEN


class SecondFactorMiddleware:
    """Lets nobody without a verified second factor past. Public addresses do not even look at the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        access = asked(str(getattr(request, "door", "")), request.path_info)
        if access != Access.OPEN:
            speak(request)
            missing = missing_step(request, access)
            if missing is not None:
                return self._send(request, missing)
        return self.get_response(request)

    @staticmethod
    def _send(request: HttpRequest, step: str) -> HttpResponse:
        if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
            return JsonResponse({"error": "signed_out"}, status=401)
        here = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
        return HttpResponseRedirect(f"{reverse(step)}?{urlencode({'next': here})}")


def missing_step(request: HttpRequest, access: Access) -> str | None:
    """The name of the page that comes first, or None if the visitor has shown what `access` asks for."""
    user = request.user
    if not user.is_authenticated:
        return "accounts:login"
    if access == Access.SIGNED_IN:
        return None
    if not rules.is_verified(user):
        if queries.has_factor(user):
            return "accounts:second_factor"
        return None if access == Access.ENROL else "accounts:enrol"
    if access == Access.VERIFIED or rules.factor_is_fresh(request.session, clock.now()):
        return None
    return "accounts:second_factor"


def speak(request: HttpRequest) -> None:
    """Speaks the person's language, unless another one was chosen in this browser."""
    if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = translation.get_language()
