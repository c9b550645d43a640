"""The page behind the link of an invitation, for somebody new and for somebody with an account."""

from __future__ import annotations

import contextlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from hrdplatform.accounts import rules
from hrdplatform.accounts.forms import NewPersonForm
from hrdplatform.accounts.models import User
from hrdplatform.accounts.views import entering
from hrdplatform.organisations.domain import invitations
from hrdplatform.organisations.models import Invitation
from hrdplatform.web import clock


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Tells who invites to what, and takes the acceptance."""
    try:
        found = invitations.invitation_of(secret, at=clock.now())
        if User.objects.filter(email=found.email).exists():
            return _known(request, found, secret)
        return _new(request, found, secret)
    except (invitations.InvitationRefusedError, invitations.AddressTakenError):
        return render(request, "organisations/invitation_refused.html", status=410)


def _new(request: HttpRequest, found: Invitation, secret: str) -> HttpResponse:
    """Name and password make the account; the second factor comes right after."""
    form = NewPersonForm(request.POST if request.method == "POST" else None, email=found.email)
    if not form.is_valid():
        context = {"invitation": found, "form": form}
        return render(request, "organisations/invitation_new.html", context, status=422 if form.is_bound else 200)
    at = clock.now()
    user = invitations.accept_as_new(
        secret=secret, **form.cleaned_data, language=get_language() or found.language, at=at
    )
    entering.enter(request, user, at=at)
    return redirect("accounts:enrol")


def _known(request: HttpRequest, found: Invitation, secret: str) -> HttpResponse:
    """Somebody with an account signs in with both steps first, then says yes."""
    own = rules.is_verified(request.user) and entering.signed_in(request).email == found.email
    stranger = request.user.is_authenticated and not own and entering.signed_in(request).email != found.email
    context = {"invitation": found, "own": own, "stranger": stranger}
    if request.method != "POST" or not own:
        status = 403 if request.method == "POST" else 200
        return render(request, "organisations/invitation_known.html", context, status=status)
    with contextlib.suppress(invitations.RoleTakenError):  # then the wish was fulfilled before
        invitations.accept_as(entering.signed_in(request), secret=secret, at=clock.now())
    return redirect("organisations:members", found.organisation.slug)
