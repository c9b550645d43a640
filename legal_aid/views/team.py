"""Team set-up: the pages of a team's lead and of its members. The signature itself happens off-line, never here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hrdplatform.accounts.models import User
from hrdplatform.accounts.rules import factor_is_fresh
from hrdplatform.web import clock
from legal_aid import queries, rules
from legal_aid.domain import leaving, lists, public_team, team_lists, teams
from legal_aid.domain.team_lists import ListRefusedError
from legal_aid.domain.teams import Founding, NameTakenError, NotNowError
from legal_aid.forms import team as forms
from legal_aid.models import TeamMember
from legal_aid.states import MemberState, TeamRole

from .refusals import sealed
from .sealed_desk import shown_member

WHY: dict[str, Promise] = {
    "file": gettext_lazy("This is not the file that the off-line script writes."),
    "signature": gettext_lazy("The signature of this list does not hold."),
    "demo": gettext_lazy("A list of demonstration keys counts on a demonstration only."),
    "days": gettext_lazy("This list is not valid today. Look at the clock of the machine that signed it."),
    "first": gettext_lazy("This list does not begin a new team."),
    "descent": gettext_lazy("This list does not follow the newest one. Take a new request file and sign that."),
    "member": gettext_lazy("The list names somebody who is not in the team. Take a new request file and sign that."),
    "keys": gettext_lazy("A member has made new keys since. Take a new request file and sign that."),
    "second": gettext_lazy(
        "This list leaves out a reader whose removal no second member confirmed. Ask for it below; once it is "
        "confirmed, bring this list in again."
    ),
    "readers": gettext_lazy("Nobody on this list reads new requests."),
    "roster": gettext_lazy("The names of this list are not sealed as they must be."),
    "unknown": gettext_lazy("This list is not known here."),
}


def lead_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the team's lead with a factor shown within five minutes; for others the address does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        member = queries.member_of(request.user.pk)
        if member is None or not rules.leads(member, member.team):
            raise Http404
        if not factor_is_fresh(request.session, clock.now()):
            return _ask_factor("desk:team")
        return view(request, member, *args, **kwargs)

    return guarded


@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """The team as its members see it: who is on the list, what waits for the signature, when the list runs out."""
    member = queries.member_of(request.user.pk)
    if member is None:
        form = forms.FoundForm(user=_user(request))
        return render(request, "legal_aid/team/none.html", {"found": form})
    return _shown(request, member)


@require_POST
def found(request: HttpRequest) -> HttpResponse:
    """Found a team in an organisation that one administers."""
    form = forms.FoundForm(request.POST, user=_user(request))
    if not form.is_valid() or not rules.may_found_team(_user(request), form.cleaned_data["organisation"]):
        return render(request, "legal_aid/team/none.html", {"found": form}, status=422)
    told = form.cleaned_data
    founding = Founding(told["organisation"], told["name"], tuple(told["languages"]), told["mandate"])
    try:
        teams.found(founding, lead=_user(request), by=_user(request), at=clock.now())
    except NotNowError:
        messages.error(request, _("You are in a team already."))
    except NameTakenError:
        form.add_error("name", _("Your organisation has a team of this name. Choose another name."))
        return render(request, "legal_aid/team/none.html", {"found": form}, status=422)
    return redirect("desk:team")


@require_POST
@lead_only
def invite(request: HttpRequest, lead: TeamMember) -> HttpResponse:
    """Ask somebody of the organisation into the team."""
    form = forms.InviteForm(request.POST, team=lead.team)
    if not form.is_valid():
        return _shown(request, lead, invite=form, status=422)
    told = form.cleaned_data
    try:
        teams.invite(
            lead.team, user=told["person"], role=told["role"], scope=told["scope"], by=_user(request), at=clock.now()
        )
    except NotNowError:
        messages.error(request, _("This person is in a team already."))
    return redirect("desk:team")


@require_POST
@lead_only
def change(request: HttpRequest, lead: TeamMember, member: str) -> HttpResponse:
    """Change what a member is and reads, from the next list on."""
    found = _other(lead, member)
    form = forms.MemberForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            teams.change(found, role=told["role"], scope=told["scope"], by=_user(request), at=clock.now())
            messages.success(request, _("Changed. What a member reads changes with the next signed list."))
        except NotNowError:
            messages.error(request, _("The lead stays the lead."))
    return redirect("desk:team")


@require_POST
@lead_only
def remove(request: HttpRequest, lead: TeamMember, member: str) -> HttpResponse:
    """Ask that a member be taken off; done at once only for somebody whose keys read nothing yet."""
    try:
        if leaving.ask(_other(lead, member), by=_user(request), at=clock.now()):
            messages.success(request, _("Removed."))
        else:
            messages.success(request, _("Asked for. It counts when a second member confirms it, on this page."))
    except NotNowError:
        messages.error(request, _("The lead cannot be removed."))
    return redirect("desk:team")


@require_POST
@lead_only
def keep(request: HttpRequest, lead: TeamMember, member: str) -> HttpResponse:
    """Ask no longer that a member be taken off."""
    try:
        leaving.withdraw(_other(lead, member), by=_user(request), at=clock.now())
        messages.success(request, _("Nobody is removed."))
    except NotNowError:
        messages.error(request, _("This is not possible now. Load the page again."))
    return redirect("desk:team")


@require_POST
def confirm(request: HttpRequest, member: str) -> HttpResponse:
    """The second member agrees: the desk closes for somebody at once. With a factor shown within five minutes."""
    second = queries.member_of(request.user.pk)
    if second is None:
        raise Http404
    going = _other(second, member)
    if not rules.may_second(second, going):
        raise Http404
    if not factor_is_fresh(request.session, clock.now()):
        return _ask_factor("desk:team")
    try:
        leaving.confirm(going, by=second, at=clock.now())
        messages.success(request, _("Removed. The lead signs a new list now, so that the keys are taken off too."))
    except NotNowError:
        messages.error(request, _("This is not possible now. Load the page again."))
    return redirect("desk:team")


@require_POST
def named(request: HttpRequest) -> HttpResponse:
    """A member's own choice to be named to defenders."""
    member = queries.member_of(request.user.pk)
    if member is None:
        raise Http404
    teams.agree_to_be_named(member, agreed="agreed" in request.POST, at=clock.now())
    return redirect("desk:team")


@require_GET
@lead_only
def request_file(request: HttpRequest, lead: TeamMember) -> HttpResponse:
    """The file for the off-line script: public keys and names."""
    content = team_lists.request_file(lead.team, by=_user(request), at=clock.now())
    answer = HttpResponse(content, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="request.json"'
    return answer


@require_POST
@lead_only
def bring_list(request: HttpRequest, lead: TeamMember) -> HttpResponse:
    """Bring the signed list back; verified before it counts."""
    form = forms.ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, lead, bring=form, status=422)
    try:
        answer = team_lists.read_answer(form.cleaned_data["signed"])
        row = team_lists.import_list(lead.team, answer, by=_user(request), at=clock.now())
    except ListRefusedError as error:
        form.add_error("signed", str(WHY[error.why]))
        return _shown(request, lead, bring=form, status=422)
    messages.success(request, _("List %(number)d is now the newest.") % {"number": row.seq})
    return redirect("desk:team")


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """The page on which a member's browser makes the seed; the seven words are shown there once."""
    member = queries.member_of(request.user.pk)
    if member is None:
        raise Http404
    if not factor_is_fresh(request.session, clock.now()):
        return _ask_factor("desk:keys")
    return render(
        request, "legal_aid/team/keys.html", {"member": member, "sealed_base": reverse("desk:home") + "sealed/"}
    )


@require_POST
@sealed
def propose_keys(request: HttpRequest) -> HttpResponse:
    """`POST /desk/sealed/keys/`: keys that the browser made, waiting for the signature."""
    member = shown_member(request)
    _need_fresh(request)
    teams.propose(member, forms.proposal(request.body), at=clock.now())
    return JsonResponse({}, status=201)


@require_POST
@sealed
def add_identity(request: HttpRequest) -> HttpResponse:
    """`POST /desk/sealed/identities/`: one more file that opens the same seed."""
    member = shown_member(request)
    _need_fresh(request)
    kind, file = forms.identity(request.body)
    teams.add_identity(member, kind=kind, file=file, at=clock.now())
    return JsonResponse({}, status=201)


def _need_fresh(request: HttpRequest) -> None:
    if not factor_is_fresh(request.session, clock.now()):
        raise NotNowError


def _ask_factor(back: str) -> HttpResponse:
    """To the second factor, and from there back to the page `back`."""
    query = urlencode({"next": reverse(back)})
    return HttpResponseRedirect(f"{reverse('accounts:second_factor')}?{query}")


def _shown(request: HttpRequest, member: TeamMember, *, status: int = 200, **changed: Any) -> HttpResponse:
    lead = rules.leads(member, member.team)
    context: dict[str, Any] = {
        "member": member,
        "team": member.team,
        "leads": lead,
        "members": _members(member),
        "waits": lists.waits(member),
        "public": public_team.shown(member.team, at=clock.now()) if member.team.newest_id else None,
        "named": forms.NamedForm(initial={"agreed": member.publishes_name}),
    }
    if lead:
        context |= {"invite": forms.InviteForm(team=member.team), "bring": forms.ListForm()}
    return render(request, "legal_aid/team/team.html", context | changed, status=status)


def _members(viewer: TeamMember) -> list[dict[str, Any]]:
    """The rows of the table. Whoever is to go does not read it here before it is done."""
    rows = TeamMember.objects.filter(team=viewer.team).select_related("user", "team__newest").order_by("member")
    return [
        {
            "row": row,
            "waits": lists.waits(row),
            "form": forms.MemberForm(
                initial={"role": row.role, "scope": row.scope}, prefix="", auto_id=f"{row.member}_%s"
            ),
            "left": row.state != MemberState.REMOVED and not leaving.belongs(row),
            "comes_off": leaving.is_to_come_off(row),
            "asked": row.removal_asked and row.pk != viewer.pk,
            "may_confirm": row.removal_asked and rules.may_second(viewer, row),
            "has_second": rules.seconds(row).exists(),
            "may_change": row.role != TeamRole.LEAD and row.state != MemberState.REMOVED,
        }
        for row in rows
    ]


def _other(viewer: TeamMember, member: str) -> TeamMember:
    return get_object_or_404(TeamMember.objects.standing(), team=viewer.team, member=member)


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
