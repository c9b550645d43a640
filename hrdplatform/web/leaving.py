"""Leaving: what ends when somebody takes the quick exit or signs out.

Rooms that keep a session of their own register a closer in `AppConfig.ready`; it is called with the request and must
not raise. The answer takes all cookies and stored data of this site from the browser.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("hrdplatform.web")

ADDRESS = "quetsch/"
"""Below the language's prefix. It says nothing of what it does, since the browser's history keeps it."""

Closer = Callable[[HttpRequest], None]
_closers: dict[str, Closer] = {}


def register(name: str, closer: Closer) -> None:
    """Calls `closer(request)` whenever somebody leaves."""
    _closers[name] = closer


def leave(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Ends every session of this visit and empties the browser's side. A database that is down delays nobody:
    the browser forgets its keys either way, and sessions without a key end by themselves.
    """
    for name, closer in _closers.items():
        try:
            closer(request)
        except Error:
            log.warning("a session could not be ended on leaving", extra={"facts": {"closer": name}})
    with contextlib.suppress(Error):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.session.flush()
    for name in request.COOKIES:
        if name.startswith("__Host-"):
            response.set_cookie(name, "", max_age=0, path="/", secure=True, httponly=True, samesite="Lax")
    response["Clear-Site-Data"] = '"cookies", "storage"'
    response["Cache-Control"] = "no-store"
    return response
