"""The aid door's first pages: what is protected and who can read, and the pages that seal and open on the device."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from hrdplatform.web import clock
from legal_aid.domain import installation, public_team
from legal_aid.domain.contact import WritingFor
from legal_aid.forms.plain import ContactForm, MessageForm, ReceiptForm, SituationForm, UrgentForm


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is protected and what is not, who can read, and where to begin."""
    teams = public_team.all_shown(at=clock.now())
    context = {
        "teams": teams,
        "taking": any(team.open for team in teams),
    }
    return render(request, "legal_aid/home.html", context)


@require_GET
def request(request: HttpRequest) -> HttpResponse:
    """The page that seals on the device; without scripts it leads to its own form."""
    return render(request, "legal_aid/request.html", _shell(request, plain="legal_aid:plain", emergency=False))


@require_GET
def urgent(request: HttpRequest) -> HttpResponse:
    """The emergency route: one screen."""
    return render(request, "legal_aid/request.html", _shell(request, plain="legal_aid:plain_urgent", emergency=True))


@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """The page that opens a case on the device."""
    context = {
        "sealed_base": sealed_base(),
        "plain_url": reverse("legal_aid:plain_return"),
        "receipt": ReceiptForm(auto_id="%s"),
        "write": MessageForm(auto_id="%s"),
        "salt": installation.salt().hex(),
    }
    return render(request, "legal_aid/return.html", context)


def sealed_base() -> str:
    """The address below which the sealed door of defenders answers, in the language of the page."""
    return reverse("legal_aid:home") + "sealed/"


def _shell(request: HttpRequest, *, plain: str, emergency: bool) -> dict[str, Any]:
    teams = [team for team in public_team.all_shown(at=clock.now()) if team.open]
    asked = request.GET.get("team", "")
    chosen = asked if asked in {team.hex for team in teams} else (teams[0].hex if len(teams) == 1 else "")
    first = {"team": chosen, "answer_language": get_language()}
    if request.GET.get("for") == "other":
        first["writing_for"] = WritingFor.OTHER
    query = request.GET.urlencode()
    return {
        "sealed_base": sealed_base(),
        "teams": teams,
        "situation": SituationForm(teams=teams, initial=first, auto_id="%s"),
        "contact": ContactForm(auto_id="%s"),
        "urgent": UrgentForm(teams=teams, initial=first, auto_id="%s"),
        "emergency": emergency,
        "plain_url": reverse(plain) + (f"?{query}" if query else ""),
    }
