"""Enrolling an authenticator app: a key as a QR code and as text, confirmed by a first code."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hrdplatform.accounts import rules
from hrdplatform.accounts.domain import totp
from hrdplatform.accounts.domain.factors import confirm_app
from hrdplatform.accounts.forms import DeviceNameForm, FirstCodeForm
from hrdplatform.accounts.models import TotpDevice
from hrdplatform.accounts.views import entering
from hrdplatform.web import clock


def qr_code(address: str) -> SafeString:
    """The address as an SVG without style attributes, black on white in every mode, with its quiet zone."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(scale=5, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308 - segno's own drawing; the address is drawn, not written


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Makes a key that waits for its first code."""
    form = DeviceNameForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else _("Authenticator app")
    try:
        device = totp.begin_app(entering.signed_in(request), name=name, at=clock.now())
    except totp.TooManyAppsError:
        return render(request, "accounts/too_many.html", status=409)
    return entering.go(request, "accounts:app", device.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def app(request: HttpRequest, number: int) -> HttpResponse:
    """Shows the key of an own app that is not confirmed yet, and confirms it."""
    user = entering.signed_in(request)
    device = get_object_or_404(TotpDevice, pk=number, user=user, confirmed=False)
    form = FirstCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        at = clock.now()
        try:
            device = confirm_app(device, code=form.cleaned_data["code"], at=at, keep=request.session.session_key)
        except totp.WrongFirstCodeError:
            form.add_error("code", _("This is not the code that belongs to this key. Check the clock of your device."))
        else:
            return added(request, device)
    context = {
        "device": device,
        "form": form,
        "qr": qr_code(totp.address(device)),
        "key": totp.written(device),
        "next": entering.onward(request),
    }
    return render(request, "accounts/app.html", context, status=422 if form.is_bound else 200)


def added(request: HttpRequest, device: object) -> HttpResponse:
    """After a new device: the first one verifies this session and leads to the back-up codes."""
    if rules.is_verified(request.user):
        return entering.arrive(request)
    entering.show_factor(request, device, at=clock.now())
    return entering.go(request, "accounts:codes")
