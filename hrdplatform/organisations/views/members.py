"""The members of one's own organisation: who they are, inviting, changing and taking roles."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrdplatform.accounts.domain.people import switch_off, switch_on
from hrdplatform.accounts.views.entering import door_of, signed_in
from hrdplatform.organisations import queries, rules
from hrdplatform.organisations.domain import invitations, roles
from hrdplatform.organisations.forms import InviteForm, RoleForm
from hrdplatform.organisations.models import Invitation, Membership, Organisation
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock


def managed(request: HttpRequest, slug: str) -> Organisation:
    """The organisation, if this person manages its members; to everybody else it is not there (404)."""
    organisation = get_object_or_404(Organisation, slug=slug)
    if not rules.may_manage_members(request.user, organisation):
        raise Http404
    return organisation


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody in the organisation, for its members; open invitations for who manages them."""
    organisation = get_object_or_404(Organisation, slug=slug)
    if not rules.may_see(request.user, organisation):
        raise Http404
    manages = rules.may_manage_members(request.user, organisation)
    opened = organisation.invitations.open(clock.now()).order_by("email", "role") if manages else None
    context = {
        "organisation": organisation,
        "members": queries.members_of(organisation),
        "manages": manages,
        "switches": rules.is_platform_administrator(request.user),
        "invitations": opened,
    }
    return render(request, "organisations/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Sends an invitation by mail."""
    organisation = managed(request, slug)
    person = signed_in(request)
    form = InviteForm(request.POST if request.method == "POST" else None, initial={"language": person.language})
    if form.is_valid():
        try:
            invitations.invite(
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
                language=form.cleaned_data["language"],
                organisation=organisation,
                door=door_of(request),
                by=person,
                at=clock.now(),
            )
        except roles.RoleTakenError:
            form.add_error("email", _("This person has this role already."))
        else:
            return redirect("organisations:members", slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/invite.html", context, status=422 if form.is_bound else 200)


@require_POST
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Takes an open invitation back."""
    invitation = get_object_or_404(Invitation, pk=number, organisation=managed(request, slug))
    invitations.withdraw(invitation, by=signed_in(request), at=clock.now())
    return redirect("organisations:members", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Gives another role in the same organisation."""
    membership = _membership(request, slug, number)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": membership.role})
    if form.is_valid():
        try:
            roles.change_role(membership, to=Role(form.cleaned_data["role"]), by=signed_in(request), at=clock.now())
        except roles.LastAdministratorError:
            form.add_error("role", _("Somebody has to look after the platform. Invite another administrator first."))
        except roles.RoleTakenError:
            form.add_error("role", _("This person has this role already."))
        else:
            return redirect("organisations:members", slug)
    context = {"organisation": membership.organisation, "membership": membership, "form": form}
    return render(request, "organisations/role.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Asks, then takes a role away."""
    membership = _membership(request, slug, number)
    context = {"organisation": membership.organisation, "membership": membership, "error": ""}
    if request.method == "POST":
        try:
            roles.take_role(membership, by=signed_in(request), at=clock.now())
        except roles.LastAdministratorError:
            context["error"] = _("Somebody has to look after the platform. Invite another administrator first.")
            return render(request, "organisations/remove.html", context, status=409)
        return redirect("organisations:members", slug)
    return render(request, "organisations/remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Switches the account of a member off or on; for administrators of the platform, not on themselves."""
    membership = _membership(request, slug, number)
    by = signed_in(request)
    if not rules.may_switch_accounts(by, membership.user):
        raise Http404
    if request.method == "POST":
        switch = switch_off if membership.user.is_active else switch_on
        switch(membership.user, by=by, at=clock.now())
        return redirect("organisations:members", slug)
    context = {"organisation": membership.organisation, "membership": membership}
    return render(request, "organisations/account.html", context)


def _membership(request: HttpRequest, slug: str, number: int) -> Membership:
    organisation = managed(request, slug)
    return get_object_or_404(
        Membership.objects.select_related("user", "organisation"), pk=number, organisation=organisation
    )
