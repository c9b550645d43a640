"""The sealed door of a team's members: JSON for the desk, which opens and seals in the member's browser."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrdplatform.web import clock
from legal_aid import queries, rules
from legal_aid.domain import desk, installation, speakers
from legal_aid.domain.desk import UnknownNameError
from legal_aid.domain.speakers import Speaker
from legal_aid.domain.uploads import Owner
from legal_aid.forms import sealed as forms
from legal_aid.models import IdentityFile, SealedRoster, TeamMember
from legal_aid.states import Chain

from . import sealed_rows, sealed_shared
from .refusals import NotShownError, sealed
from .sealed_rows import b64


def shown_member(request: HttpRequest) -> TeamMember:
    """The signed-in person's membership. Raises `NotShownError`."""
    member = queries.member_of(request.user.pk)
    if member is None:
        raise NotShownError
    return member


def _speaker(request: HttpRequest) -> Speaker:
    """The signed-in member, if on the signed list. Raises `NotShownError`."""
    member = shown_member(request)
    if not rules.is_active_member(member):
        raise NotShownError
    return speakers.member(member)


def _owner(request: HttpRequest) -> Owner:
    """A member's uploads are the member's until a message claims them for its case."""
    return Owner(key=sha256(f"member:{shown_member(request).pk}".encode()).hexdigest(), member=True)


@require_GET
@sealed
def me(request: HttpRequest) -> HttpResponse:
    """All that a member needs to unlock: the own identity files, the lists, the sealed keyring."""
    member = shown_member(request)
    newest = member.team.newest
    keyring = desk.kept("keyring", member=member)
    roster = SealedRoster.objects.filter(list=newest, reader=member.member).first() if newest else None
    identities = IdentityFile.objects.filter(member=member).order_by("-made_at")
    return JsonResponse(
        {
            "member": member.member,
            "team": member.team.hex,
            "state": member.state,
            "salt": installation.salt().hex(),
            "identities": [{"kind": one.kind, "file": b64(one.file)} for one in identities],
            "newest": newest.text if newest else "",
            "lists": queries.team_lists(member.team),
            "roster": b64(roster.sealed) if roster else "",
            "keyring": b64(keyring) if keyring else "",
        }
    )


@require_GET
@sealed
def queue(request: HttpRequest) -> HttpResponse:
    speaker = _speaker(request)
    member = shown_member(request) if speaker.member is None else speaker.member
    page, wraps = queries.queue(member.team, member.member, page=request.GET.get("page", "1"))
    rows = [
        sealed_rows.queue_row(case, wraps.get(case.newest_id, []) + wraps.get(case.newest_notes_id or "", []))
        for case in page
    ]
    return JsonResponse({"cases": rows, "pages": page.paginator.num_pages, "overdue": desk.overdue(member)})


@require_GET
@sealed
def case(request: HttpRequest, case: str) -> HttpResponse:
    """A case with both chains. That it was read is recorded."""
    speaker = _speaker(request)
    found = speaker.case(case)
    rows = queries.case_rows(found, reader=speaker.id, chains=[Chain.CASE, Chain.NOTES])
    desk.note_reading(found, speaker=speaker, at=clock.now())
    own = {
        "status": found.status,
        "reference": found.reference,
        "urgency": found.urgency,
        "received": found.received_on.isoformat(),
        "acknowledged": found.acknowledged_on.isoformat() if found.acknowledged_on else "",
        "with": found.held_by,
    }
    return JsonResponse(sealed_rows.case_rows(rows, salt=installation.salt()) | own)


@require_POST
@sealed
def acknowledge(request: HttpRequest, case: str) -> HttpResponse:
    desk.acknowledge(case, speaker=_speaker(request), at=clock.now())
    return HttpResponse(status=204)


@require_http_methods(["GET", "PUT", "DELETE"])
@sealed
def own(request: HttpRequest, name: str) -> HttpResponse:
    """The keyring, or the draft of a case, sealed to the member alone."""
    member = shown_member(request)
    if request.method == "PUT":
        desk.keep(name, forms.own_sealed(request.body), member=member)
        return HttpResponse(status=204)
    if request.method == "DELETE":
        desk.let_go(name, member=member)
        return HttpResponse(status=204)
    kept = desk.kept(name, member=member)
    if kept is None:
        raise UnknownNameError
    return JsonResponse({"sealed": b64(kept)})


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
    found = _speaker(request).case(request.GET.get("case", ""))
    return sealed_shared.file_part(request, found, digest, number)


@require_POST
@sealed
def records(request: HttpRequest) -> HttpResponse:
    return sealed_shared.add_records(request, _speaker(request), _owner(request))


@require_POST
@sealed
def cards(request: HttpRequest) -> HttpResponse:
    return sealed_shared.open_epochs(request, _speaker(request))
