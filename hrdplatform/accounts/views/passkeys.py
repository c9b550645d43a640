"""Passkeys between page and browser: four small JSON answers, and the page that adds one."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hrdplatform.accounts import rules
from hrdplatform.accounts.domain import passkeys
from hrdplatform.accounts.forms import DeviceNameForm
from hrdplatform.accounts.models import PasskeyChallenge
from hrdplatform.accounts.views import entering
from hrdplatform.accounts.views.parties import party_of
from hrdplatform.web import clock

NUMBER = "passkey_challenge"
LARGEST = 64 * 1024


def _party(request: HttpRequest) -> passkeys.RelyingParty:
    party = party_of(request)
    if party is None:
        raise Http404
    return party


def _body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that the page's script sent; an empty one for anything else."""
    try:
        value = json.loads(request.body[:LARGEST])
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _refusal(words: str, *, status: int = 422) -> JsonResponse:
    return JsonResponse({"error": words}, status=status)


def _begin(request: HttpRequest, purpose: PasskeyChallenge.Purpose) -> JsonResponse:
    try:
        number, options = passkeys.begin(
            entering.signed_in(request), purpose=purpose, party=_party(request), at=clock.now()
        )
    except passkeys.TooManyPasskeysError:
        return _refusal(_("You have ten passkeys. Remove one first."), status=409)
    request.session[NUMBER] = number
    return JsonResponse({"options": options})


@require_safe
def add(request: HttpRequest) -> HttpResponse:
    """The page that adds a passkey; it needs scripts and says so."""
    _party(request)
    return render(request, "accounts/passkey.html", {"form": DeviceNameForm(), "next": entering.onward(request)})


@require_POST
def register_begin(request: HttpRequest) -> JsonResponse:
    """What the browser is asked with to make a passkey."""
    return _begin(request, PasskeyChallenge.Purpose.REGISTER)


@require_POST
def register_finish(request: HttpRequest) -> JsonResponse:
    """Keeps the new passkey. The first device of somebody verifies this session."""
    body = _body(request)
    form = DeviceNameForm({"name": body.get("name", "")})
    name = form.cleaned_data["name"] if form.is_valid() else _("Passkey")
    at = clock.now()
    try:
        passkey = passkeys.register(
            entering.signed_in(request),
            number=request.session.pop(NUMBER, 0),
            answer=body.get("credential") or {},
            party=_party(request),
            name=name,
            at=at,
            keep=request.session.session_key,
        )
    except passkeys.PasskeyRefusedError:
        return _refusal(_("The passkey was not accepted. Try again."))
    first = not rules.is_verified(request.user)
    if first:
        entering.show_factor(request, passkey, at=at)
    onward = entering.go(request, "accounts:codes") if first else entering.arrive(request)
    return JsonResponse({"next": onward.url})


@require_POST
def verify_begin(request: HttpRequest) -> JsonResponse:
    """What the browser is asked with to show a passkey; user verification is required."""
    return _begin(request, PasskeyChallenge.Purpose.VERIFY)


@require_POST
def verify_finish(request: HttpRequest) -> JsonResponse:
    """The second step by a passkey."""
    at = clock.now()
    try:
        passkey = passkeys.verify(
            entering.signed_in(request),
            number=request.session.pop(NUMBER, 0),
            answer=_body(request).get("credential") or {},
            party=_party(request),
            at=at,
        )
    except passkeys.PasskeyRefusedError:
        return _refusal(_("This passkey was not accepted. Try again, or use a code."))
    entering.show_factor(request, passkey, at=at)
    return JsonResponse({"next": entering.onward(request) or reverse("accounts:home")})
