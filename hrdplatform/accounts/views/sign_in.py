"""Signing in with address and password, and signing out."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hrdplatform.accounts import rules
from hrdplatform.accounts.domain.passwords import WrongPasswordError, check_password
from hrdplatform.accounts.forms import SignInForm
from hrdplatform.accounts.views import entering
from hrdplatform.audit import Event, record
from hrdplatform.web import clock, leaving
from hrdplatform.web.addresses import circuit
from hrdplatform.web.throttle import Familiar, Throttle, wait_words

FROM_ONE_PLACE = Throttle("sign-in", limit=10, period=15 * 60)
"""Tries of one name from one place: a stranger who guesses does not lock the person out elsewhere."""

OF_ONE_NAME = Throttle("sign-in-name", limit=100, period=60 * 60)
"""Tries of one name from wherever: strangers may use it up, so it does not count where the person just came in."""

FAMILIAR = Familiar("sign-in-place")


@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """The first step. Known and unknown names get the same words, status and work."""
    if request.method != "POST":
        if rules.is_verified(request.user):
            return entering.arrive(request)
        return _page(request, SignInForm())
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _try(request, form)


def _try(request: HttpRequest, form: SignInForm) -> HttpResponse:
    email = form.cleaned_data["email"].lower()
    place = circuit(request)
    here = f"{email}\0{place}" if place else ""
    seconds = _wait(email, here)
    if seconds:
        form.add_error(None, wait_words(seconds))
        return _page(request, form, status=429)
    try:
        user = check_password(email=email, password=form.cleaned_data["password"])
    except WrongPasswordError:
        form.add_error(None, _("This address and this password do not belong together. Check both and try again."))
        return _page(request, form, status=422)
    if here:
        FROM_ONE_PLACE.forget(here)
        FAMILIAR.remember(here)
    entering.enter(request, user, at=clock.now())
    return entering.go(request, "accounts:second_factor")


def _wait(email: str, here: str) -> int:
    """Counts a try and answers the seconds to wait, none where it is allowed."""
    verdicts = [FROM_ONE_PLACE.hit(here)] if here else []
    if not here or not FAMILIAR.knows(here):
        verdicts.append(OF_ONE_NAME.hit(email))
    return max((verdict.seconds for verdict in verdicts), default=0)


def _page(request: HttpRequest, form: SignInForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "next": entering.onward(request)}
    return render(request, "accounts/login.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """Asks first when somebody comes by a link; then ends the session and empties the browser's side."""
    user = entering.signed_in(request)
    if request.method != "POST":
        return render(request, "accounts/logout.html")
    at = clock.now()
    record(Event.SIGNED_OUT, actor=f"user:{user.pk}", object=f"user:{user.pk}", at=at, door=entering.door_of(request))
    request.session.flush()
    request.user = AnonymousUser()
    return leaving.leave(request, render(request, "accounts/signed_out.html"))
