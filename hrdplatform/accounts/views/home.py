"""Home of an account: where its owner may go, name and language, devices."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hrdplatform.accounts import queries
from hrdplatform.accounts.domain.backup import make_sheet
from hrdplatform.accounts.domain.factors import LastDeviceError, remove_device
from hrdplatform.accounts.domain.people import change_profile
from hrdplatform.accounts.forms import ProfileForm
from hrdplatform.accounts.models import Passkey, TotpDevice
from hrdplatform.accounts.views import entering
from hrdplatform.web import clock

KINDS: dict[str, type[TotpDevice | Passkey]] = {"app": TotpDevice, "passkey": Passkey}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everything about the own account on one page; rooms above show their doors in the slot `account.home`."""
    user = entering.signed_in(request)
    devices = [
        {"kind": "app" if isinstance(device, TotpDevice) else "passkey", "device": device}
        for device in queries.own_devices(user)
    ]
    context = {"person": user, "devices": devices, "codes_left": queries.codes_left(user)}
    return render(request, "accounts/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The own name and language."""
    user = entering.signed_in(request)
    if request.method == "POST":
        form = ProfileForm(request.POST)
        if form.is_valid():
            change_profile(user, **form.cleaned_data, at=clock.now())
            return redirect("accounts:home")
        return render(request, "accounts/profile.html", {"form": form}, status=422)
    form = ProfileForm(initial={"name": user.name, "language": user.language})
    return render(request, "accounts/profile.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Asks, then removes an own device; somebody else's is not there."""
    user = entering.signed_in(request)
    model = KINDS.get(kind)
    device = model.objects.filter(pk=number, user=user, confirmed=True).first() if model else None
    if device is None:
        raise Http404
    context = {"device": device, "error": ""}
    if request.method == "POST":
        try:
            remove_device(device, by=user, at=clock.now(), keep=request.session.session_key)
        except LastDeviceError:
            context["error"] = _("This is your only device. Add another one first.")
            return render(request, "accounts/remove.html", context, status=409)
        return redirect("accounts:home")
    return render(request, "accounts/remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """Makes a new sheet of back-up codes and shows it once."""
    user = entering.signed_in(request)
    context: dict[str, object] = {"next": entering.onward(request), "left": queries.codes_left(user)}
    if request.method == "POST":
        context["codes"] = make_sheet(user, at=clock.now())
    return render(request, "accounts/codes.html", context)
