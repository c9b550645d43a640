"""Changing the password, and a new one for who forgot it."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from hrdplatform.accounts.domain import passwords
from hrdplatform.accounts.forms import ChangePasswordForm, NewPasswordForm, ResetForm
from hrdplatform.accounts.views import entering
from hrdplatform.web import clock
from hrdplatform.web.addresses import circuit
from hrdplatform.web.throttle import Throttle

OF_ONE_NAME = Throttle("reset-name", limit=3, period=60 * 60)
FROM_ONE_PLACE = Throttle("reset", limit=30, period=60 * 60)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """A new password; this session stays, every other one ends."""
    user = entering.signed_in(request)
    form = ChangePasswordForm(request.POST if request.method == "POST" else None, user=user)
    if not form.is_valid():
        return render(request, "accounts/password.html", {"form": form}, status=422 if form.is_bound else 200)
    passwords.change_password(user, new=form.cleaned_data["new"], at=clock.now(), keep=request.session.session_key)
    update_session_auth_hash(request, user)
    return redirect("accounts:home")


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Takes an address and always answers alike; over the limit it notes nothing and still answers alike."""
    form = ResetForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/reset_ask.html", {"form": form}, status=422 if form.is_bound else 200)
    email = form.cleaned_data["email"]
    place = circuit(request)
    if all([OF_ONE_NAME.hit(email.lower()), not place or FROM_ONE_PLACE.hit(place)]):
        passwords.ask_reset(
            email=email, language=get_language() or "fr", door=entering.door_of(request), at=clock.now()
        )
    return redirect("accounts:reset_asked")


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The same words for everybody."""
    return render(request, "accounts/reset_asked.html")


@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, person: str, token: str) -> HttpResponse:
    """The page behind the link in the mail."""
    try:
        user = passwords.person_of_link(person, token)
        form = NewPasswordForm(request.POST if request.method == "POST" else None, user=user)
        if not form.is_valid():
            return render(request, "accounts/reset.html", {"form": form}, status=422 if form.is_bound else 200)
        passwords.reset_password(person=person, token=token, new=form.cleaned_data["new"], at=clock.now())
    except passwords.ResetRefusedError:
        return render(request, "accounts/reset_refused.html", status=410)
    return render(request, "accounts/reset_done.html")
