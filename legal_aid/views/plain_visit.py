"""The cookie of a visit without scripts, and what every page of it has in common."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from hrdplatform.web import clock
from legal_aid.domain import plain_session
from legal_aid.domain.correspondence import EpochMovedError
from legal_aid.domain.epochs import RowsMovedError
from legal_aid.domain.intake import ListMovedError, ListOverError
from legal_aid.domain.lists import NoSuchTeamError
from legal_aid.domain.plain_case import HaltedError
from legal_aid.domain.plain_files import STRIPPED_TYPES, Taken, Why
from legal_aid.domain.plain_receipt import TooBusyError
from legal_aid.domain.plain_session import Visit
from legal_aid.domain.space import MessageLargeError, StorageFullError, TextsFullError
from legal_aid.domain.uploads import ClaimRefusedError, QuotaReachedError

from .refusals import FULL, REFUSALS

COOKIE = "__Host-visit"

PROBLEMS: dict[type[Exception], tuple[int, Promise]] = {
    NoSuchTeamError: (409, _("This team takes no requests now. Choose another one, or come back later.")),
    ListOverError: (409, _("The team’s list has run out. Nothing can be sent until it is signed again.")),
    ListMovedError: (409, _("The team has changed just now. Send once more.")),
    ClaimRefusedError: (409, _("A file is missing. Add it again, then send.")),
    QuotaReachedError: (413, Why.ROOM.label),
    StorageFullError: (507, _("There is no room for files now. Your text can be sent.")),
    MessageLargeError: (507, REFUSALS[MessageLargeError][2]),
    TextsFullError: (507, FULL),
    EpochMovedError: (409, _("Somebody wrote at the same time. Send once more.")),
    RowsMovedError: (409, _("Somebody wrote at the same time. Send once more.")),
    HaltedError: (409, _("Your case does not verify. Nothing was sent; see above what is wrong.")),
    TooBusyError: (503, _("Many people are here right now. Wait a moment, then send once more.")),
}
EXPECTED = tuple(PROBLEMS)


def plain(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page without scripts: its key is checked while the body is read."""
    return csrf_exempt(view)


def visit_of(request: HttpRequest) -> Visit:
    """The browser's visit, or a new one."""
    return Visit.read(request.COOKIES.get(COOKIE, "")) or Visit.begin()


def known_visit(request: HttpRequest) -> Visit | None:
    """The browser's visit, if there is one."""
    return Visit.read(request.COOKIES.get(COOKIE, ""))


def keep(response: HttpResponse, visit: Visit) -> HttpResponse:
    """Give the browser its cookie: until it is closed, for this host alone, out of reach of scripts."""
    response.set_cookie(COOKIE, visit.text, path="/", secure=True, httponly=True, samesite="Strict")
    return response


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, visit: Visit, status: int = 200
) -> HttpResponse:
    """Render a page of the visit."""
    number = request.POST.get("form", "")
    context.setdefault("form_number", number if is_number(number) else new_number())
    return keep(render(request, f"legal_aid/plain/{template}.html", context, status=status), visit)


def new_number() -> str:
    """A form's random number."""
    return secrets.token_hex(16)


def is_number(text: str) -> bool:
    """Whether a form's number came back as it was given."""
    return len(text) == 32 and all(digit in "0123456789abcdef" for digit in text)


def problem(error: Exception) -> tuple[int, str]:
    """Status and words for an error that a visitor can do something about."""
    status, words = PROBLEMS[type(error)]
    return status, str(words)


def files_shown(visit: Visit, taken: Taken) -> dict[str, Any]:
    """The sealed files of the visit and those that were not taken, for the file list of a page."""
    sealed = plain_session.draft(visit, at=clock.now())
    return {
        "files": [
            {"name": one.name, "size": one.size, "upload": one.digest, "stripped": one.type in STRIPPED_TYPES}
            for one in sealed
        ],
        "refused": [{"name": name, "why": why.label} for name, why in taken.refused],
    }
