"""The desk's own page: a shell without a word of any request; the member's browser fetches, opens and seals."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from legal_aid import rules
from legal_aid.domain.contact import Aim, Channel, WritingFor
from legal_aid.states import CaseStatus

from .refusals import NotShownError
from .sealed_desk import shown_member

IDLE_SECONDS = 10 * 60


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Unlock, queue and one case in one document. 404 for whoever is in no team."""
    try:
        member = shown_member(request)
    except NotShownError as error:
        raise Http404 from error
    context = {
        "sealed_base": f"{reverse('desk:home')}sealed/",
        "idle_seconds": IDLE_SECONDS,
        "settled": rules.is_active_member(member),
        "states": CaseStatus,
        "channels": Channel,
        "aims": Aim,
        "writing_for": WritingFor,
    }
    return render(request, "legal_aid/desk/home.html", context)
