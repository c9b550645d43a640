"""What the two sealed doors have in common: teams and lists are the same view on both; uploads, files, records and
cards take who speaks.
"""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from hrdplatform.web import clock
from legal_aid.domain import blobs, correspondence, epochs, files, installation, lists, uploads
from legal_aid.domain.speakers import Speaker
from legal_aid.domain.uploads import Owner
from legal_aid.forms import sealed as forms
from legal_aid.models import Case, SignedList

from .refusals import NotShownError, sealed

PIECE = 64 * 1024
LENGTH = re.compile("[0-9]{1,10}")


@require_GET
@sealed
def team(request: HttpRequest, team: str) -> HttpResponse:
    """`GET team/<team>/`: what a page needs to seal for a team, all of it public."""
    found = lists.open_team(team)
    return JsonResponse(
        {
            "team": found.hex,
            "name": found.name,
            "salt": installation.salt().hex(),
            "list": found.newest.text if found.newest else "",
            "partners": lists.partner_texts(found),
        }
    )


@require_GET
@sealed
def list_text(request: HttpRequest, list_hash: str) -> HttpResponse:
    """`GET list/<hash>/`: any list that was ever current."""
    found = SignedList.objects.filter(pk=list_hash).first()
    if found is None:
        raise NotShownError
    return HttpResponse(found.text, content_type="application/octet-stream")


def begin_upload(request: HttpRequest, owner: Owner) -> HttpResponse:
    """`POST uploads/`."""
    sealed, parts = forms.upload_size(request.body)
    upload = uploads.begin(owner=owner, sealed=sealed, parts=parts, at=clock.now())
    return JsonResponse({"upload": upload.pk}, status=201)


def put_part(request: HttpRequest, owner: Owner, upload: str, number: int) -> HttpResponse:
    """`PUT uploads/<upload>/<i>/`: the body goes to the disk piece by piece, never whole into memory."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    new = uploads.store_part(
        owner=owner,
        upload=upload,
        number=number,
        sha256=request.headers.get("X-Part-SHA256", ""),
        pieces=iter(lambda: request.read(PIECE), b""),
        length=int(length) if LENGTH.fullmatch(length) else 0,
        at=clock.now(),
    )
    return HttpResponse(status=201 if new else 200)


def drop_upload(request: HttpRequest, owner: Owner, upload: str) -> HttpResponse:
    """`DELETE uploads/<upload>/`."""
    uploads.drop(owner=owner, upload=upload)
    return HttpResponse(status=204)


def file_part(request: HttpRequest, case: Case, digest: str, number: int) -> HttpResponseBase:
    """`GET files/<digest>/<i>/`: ciphertext of one part."""
    part = files.part_of(case, digest=digest, number=number)
    answer = StreamingHttpResponse(blobs.pieces(part.blob), content_type="application/octet-stream")
    answer["Content-Length"] = str(part.size)
    return answer


def add_records(request: HttpRequest, speaker: Speaker, owner: Owner) -> HttpResponse:
    """`POST records/`."""
    new = forms.new_records(request.body, owner)
    added = correspondence.add_records(new, speaker=speaker, at=clock.now())
    return JsonResponse({}, status=201 if added else 200)


def open_epochs(request: HttpRequest, speaker: Speaker) -> HttpResponse:
    """`POST cards/`."""
    opened = epochs.open_epochs(forms.new_epochs(request.body), speaker=speaker, at=clock.now())
    return JsonResponse({}, status=201 if opened else 200)
