"""Error pages: what happened, what is safe, what to do next; in the address's language and the door's look.

They ask no database and no session, so that they also stand when those are down; nor does what rooms put into the slot
`error.ways`, where somebody who found nothing may look on. Nothing is promised about what was
typed, except where it is certain.
"""

from __future__ import annotations

import logging
import secrets
import sys
from dataclasses import dataclass

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hrdplatform.web import slots
from hrdplatform.web.doors import Door, door_of_path
from hrdplatform.web.languages import RIGHT_TO_LEFT, spoken
from hrdplatform.web.logs import frames

log = logging.getLogger("hrdplatform.incident")

CHUNK = 64 * 1024
MOST_TO_FORGET = 16 * 1024 * 1024


@dataclass(frozen=True)
class Words:
    """The text of one error page. `retry` offers the same address again."""

    title: Promise
    lead: Promise
    advice: tuple[Promise, ...]
    retry: bool = False


PAGES: dict[int, Words] = {
    400: Words(
        _("We could not understand this request"),
        _("Something in the address or in the form did not arrive the way a browser sends it."),
        (_("Go back, load the page again and send it once more."),),
    ),
    403: Words(
        _("This page is not open to you"),
        _("You are signed in without the right to see it, or the right was withdrawn."),
        (_("Ask the person who manages your organisation on this platform."),),
    ),
    404: Words(
        _("There is nothing at this address"),
        _("The page was moved or removed, or a letter of the address is wrong."),
        (_("Look at the address again, or begin at the start page."),),
    ),
    405: Words(
        _("This address does not take that"),
        _("The page can be read, but not used in the way your browser asked for."),
        (_("Begin at the start page."),),
    ),
    413: Words(
        _("This is too large"),
        _("What you sent is larger than this page takes. Nothing of it was kept."),
        (_("Go back and send less at once, or a smaller file."),),
    ),
    429: Words(
        _("Too many tries in a short time"),
        _("We slow everybody down who tries this often, so that others can get through."),
        (_("Wait a few minutes, then try again. Nothing is blocked for good."),),
        retry=True,
    ),
    500: Words(
        _("Something broke on our side"),
        _("It is not your fault. The fault was noted, without anything you wrote."),
        (
            _("Go back: most browsers still hold what you typed. Copy it before you try again."),
            _("If it happens again, tell us the number below."),
        ),
        retry=True,
    ),
    503: Words(
        _("The platform takes a short break"),
        _("A part of it does not answer at the moment. What was confirmed to you is kept."),
        (_("Wait a minute and load this page again. If you had sent a form, go back and send it once more."),),
        retry=True,
    ),
}
STALE = Words(
    _("This form was open too long"),
    _("For your safety we take a form only from the page we gave you. Nothing was saved."),
    (
        _("Go back: most browsers still hold what you typed. Copy it, load the page again and send it once more."),
        _("If this stays, allow cookies for this site: the form needs one."),
    ),
)
LAYOUTS = {Door.PUBLIC: "web/base.html", Door.AID: "web/aid.html", Door.OFFICE: "web/account.html"}


def layout(door: Door, path: str) -> str:
    """The template that gives an error page its door's look."""
    return "web/desk.html" if path.startswith("/desk/") else LAYOUTS[door]


def home(door: Door, path: str, language: str) -> str:
    """Where an error page leads back to: the start of its own door."""
    if path.startswith(("/desk/", "/office/", "/account/")):
        return f"/{path.split('/')[1]}/"
    return f"/{language}/aid/" if door == Door.AID else "/"


def page(request: HttpRequest, status: int, words: Words | None = None, incident: str = "") -> HttpResponse:
    """The error page for `status`; needs nothing but templates."""
    door = getattr(request, "door", None) or door_of_path(request.path_info)
    request.door = door  # type: ignore[attr-defined]  # ours, see doors; what failed may have stood before it was set
    language = spoken(request)
    with translation.override(language):
        body = get_template("web/error.html").render(
            {
                "layout": layout(door, request.path_info),
                "request": request,
                "door": door,
                "home": home(door, request.path_info, language),
                "words": words or PAGES[status],
                "status": status,
                "incident": incident,
                "ways": slots.render("error.ways", request) if status == 404 and door == Door.PUBLIC else "",
                "plain_error": True,
                "platform_name": settings.PLATFORM_NAME,
                "LANGUAGE_CODE": language,
                "LANGUAGE_BIDI": language in RIGHT_TO_LEFT,
            }
        )
    response = HttpResponse(body, status=status, headers={"Cache-Control": "no-store", "Content-Language": language})
    if status in {429, 503}:
        response["Retry-After"] = "60"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 where Django found the body too large."""
    if type(exception).__name__ not in {"RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent"}:
        return page(request, 400)
    let_finish(request)
    return page(request, 413)


def let_finish(request: HttpRequest) -> None:
    """Takes in and forgets what is still being sent, up to `MOST_TO_FORGET`.

    To somebody who is cut off in the middle of sending her browser shows a broken connection, not the page that helps.
    """
    taken = 0
    while taken < MOST_TO_FORGET and (piece := request.read(CHUNK)):
        taken += len(piece)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    """405, with the methods that pages take."""
    response = page(request, 405)
    response["Allow"] = "GET, HEAD, POST"
    return response


def too_many(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """429, for a throttle that said no."""
    response = page(request, 429)
    response["Retry-After"] = str(max(1, seconds))
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that came back without its token."""
    return page(request, 403, STALE)


def broken(request: HttpRequest) -> HttpResponse:
    """500 with an incident number, or 503 where the database does not answer; no incident where the client has gone.

    Writes one line to the log: class, view, where in the code, number. Never query, form, locals, address or the
    exception's own words, which may quote what somebody typed.
    """
    failure = sys.exc_info()[1]
    if isinstance(failure, UnreadablePostError):
        return page(request, 400)
    incident = secrets.token_hex(5)
    match = getattr(request, "resolver_match", None)
    status = 503 if isinstance(failure, OperationalError | InterfaceError) else 500
    facts = {
        "class": type(failure).__name__,
        "view": getattr(match, "view_name", "") or "",
        "incident": incident,
        "status": status,
        "where": frames(failure),
    }
    log.error("a view failed", extra={"facts": facts})
    return page(request, status, incident=incident)
