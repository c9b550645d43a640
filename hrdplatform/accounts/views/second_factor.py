"""The second step: a code or a passkey, after the password or once more before something important."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hrdplatform.accounts import queries, rules
from hrdplatform.accounts.domain.factors import TooManyTriesError, WrongCodeError, verify
from hrdplatform.accounts.forms import CodeForm
from hrdplatform.accounts.views import entering
from hrdplatform.accounts.views.parties import party_of
from hrdplatform.web import clock
from hrdplatform.web.throttle import wait_words


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Asks for a code; leads on to enrolment whoever has no device yet."""
    user = entering.signed_in(request)
    if not queries.has_factor(user):
        return entering.go(request, "accounts:enrol")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    at = clock.now()
    try:
        device = verify(user, code=form.cleaned_data["code"], at=at)
    except WrongCodeError:
        form.add_error("code", _("This code is not right, or it was used already. Wait for the next one."))
        return _page(request, form, status=422)
    except TooManyTriesError as error:
        form.add_error("code", wait_words(error.wait.total_seconds()))
        return _page(request, form, status=429)
    entering.show_factor(request, device, at=at)
    return entering.arrive(request)


def _page(request: HttpRequest, form: CodeForm, *, status: int) -> HttpResponse:
    user = entering.signed_in(request)
    party = party_of(request)
    host = party.host if party else ""
    context = {
        "form": form,
        "next": entering.onward(request),
        "again": rules.is_verified(user),
        "by_code": queries.has_app(user) or queries.codes_left(user) > 0,
        "by_passkey": queries.passkeys_at(user, host).exists(),
        "elsewhere": queries.hosts_of_passkeys(user) - {host},
    }
    return render(request, "accounts/second_factor.html", context, status=status)


@require_safe
def enrol(request: HttpRequest) -> HttpResponse:
    """The choice of a device to add: an app, or a passkey where the browser and the host allow it."""
    context = {
        "first": not queries.has_factor(entering.signed_in(request)),
        "next": entering.onward(request),
        "by_passkey": party_of(request) is not None,
    }
    return render(request, "accounts/enrol.html", context)
