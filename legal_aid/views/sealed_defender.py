"""The sealed door of a defender: JSON for the page that seals and opens on her device. See docs/developer/sealed-
api.md.
"""

from __future__ import annotations

import base64
import binascii
import re
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrdplatform.web import clock
from legal_aid.domain import erasure, installation, intake, speakers
from legal_aid.domain.speakers import Speaker, UnknownCaseError
from legal_aid.domain.uploads import Owner
from legal_aid.forms import sealed as forms
from legal_aid.models import RECEIPT, Case
from legal_aid.queries import case_rows
from legal_aid.states import Chain

from . import sealed_rows, sealed_shared
from .circuit import tries
from .refusals import NotShownError, sealed

VISIT = re.compile(r"[0-9a-f]{64}")
SCHEME = "Receipt "


def _speaker(request: HttpRequest) -> Speaker:
    """The holder of the shown receipt. Whatever is shown, the work is the same: one hash, one look-up."""
    shown = request.headers.get("Authorization", "")
    try:
        token = base64.b64decode(shown.removeprefix(SCHEME), validate=True)
    except (binascii.Error, ValueError):
        token = b""
    return speakers.defender(token if shown.startswith(SCHEME) else b"")


def _own_case(request: HttpRequest) -> tuple[Speaker, Case]:
    """The shown receipt's case. Wrong tries are counted by circuit and slowed. Raises `UnknownCaseError`,
    `TooOftenError`.
    """
    counted = tries(request)
    speaker = _speaker(request)
    try:
        return speaker, speakers.own_case(speaker)
    except UnknownCaseError:
        counted.wrong()
        raise


def _owner(request: HttpRequest) -> Owner:
    if "Authorization" in request.headers:
        return Owner(case=_own_case(request)[1])
    visit = request.headers.get("X-Visit", "")
    if not VISIT.fullmatch(visit):
        raise NotShownError
    return Owner(key=sha256(bytes.fromhex(visit)).hexdigest())


@require_POST
@sealed
def uploads(request: HttpRequest) -> HttpResponse:
    return sealed_shared.begin_upload(request, _owner(request))


@require_http_methods(["PUT"])
@sealed
def part(request: HttpRequest, upload: str, number: int) -> HttpResponse:
    return sealed_shared.put_part(request, _owner(request), upload, number)


@require_http_methods(["DELETE"])
@sealed
def upload(request: HttpRequest, upload: str) -> HttpResponse:
    return sealed_shared.drop_upload(request, _owner(request), upload)


@require_GET
@sealed
def file_part(request: HttpRequest, digest: str, number: int) -> HttpResponseBase:
    return sealed_shared.file_part(request, _own_case(request)[1], digest, number)


@require_POST
@sealed
def cases(request: HttpRequest) -> HttpResponse:
    """Open a case. 201, or 200 when this very request was here before."""
    case, created = intake.open_case(forms.new_case(request.body, _owner(request)), at=clock.now())
    return JsonResponse({"case": case}, status=201 if created else 200)


@require_GET
@sealed
def case(request: HttpRequest) -> HttpResponse:
    """The whole case for its receipt: the case chain only."""
    _, found = _own_case(request)
    rows = case_rows(found, reader=RECEIPT, chains=[Chain.CASE])
    return JsonResponse(sealed_rows.case_rows(rows, salt=installation.salt()))


@require_POST
@sealed
def records(request: HttpRequest) -> HttpResponse:
    speaker, found = _own_case(request)
    return sealed_shared.add_records(request, speaker, Owner(case=found))


@require_POST
@sealed
def cards(request: HttpRequest) -> HttpResponse:
    speaker, _ = _own_case(request)
    return sealed_shared.open_epochs(request, speaker)


@require_POST
@sealed
def erase(request: HttpRequest) -> HttpResponse:
    """Erase everything. 204 when nothing is left."""
    speaker, _ = _own_case(request)
    erasure.erase(forms.named_case(request.body), speaker=speaker, at=clock.now())
    return HttpResponse(status=204)
