"""Writing a request without scripts: three screens, or one in an emergency, then the receipt and two of its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms import Form
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hrdplatform.web import clock
from legal_aid.domain import plain_intake, plain_receipt, plain_session, public_team
from legal_aid.domain.contact import Channel, Contact
from legal_aid.domain.plain_files import Taken
from legal_aid.domain.plain_intake import Story
from legal_aid.domain.plain_session import FormSpentError, NoSessionError, Visit
from legal_aid.domain.public_team import PublicTeam
from legal_aid.forms.plain import ConfirmForm, ContactForm, SituationForm, UrgentForm, contact_of
from legal_aid.states import Urgency

from . import plain_body
from .plain_visit import EXPECTED, files_shown, is_number, keep, known_visit, page, plain, problem, visit_of


@plain
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The three screens at one address: what was typed travels back in the form, and nowhere else."""
    visit = visit_of(request)
    if request.method == "GET":
        return _screen(request, visit, "situation", _first_forms(request))
    right, taken = plain_body.read(request, visit, at=clock.now())
    forms = _forms(request)
    step, go = request.POST.get("step", "situation"), request.POST.get("go", "")
    if not right:
        return _screen(request, visit, step, forms, taken, rejected=True, status=403)
    if "drop" in request.POST:
        plain_session.drop_file(visit, request.POST["drop"], at=clock.now())
        return _screen(request, visit, "situation", _unjudged(request), taken)
    return _go_on(request, visit, forms, taken, step=step, go=go)


@plain
@require_http_methods(["GET", "POST"])
def alert(request: HttpRequest) -> HttpResponse:
    """The emergency route: one screen, sealed and sent at once, the person on call is woken."""
    visit = visit_of(request)
    teams = _teams()
    initial = {"team": request.GET.get("team", "")}
    if request.method == "GET":
        return page(request, "urgent", {"urgent": UrgentForm(teams=teams, initial=initial)}, visit=visit)
    right, _taken = plain_body.read(request, visit, at=clock.now())
    form = UrgentForm(request.POST, teams=teams)
    context: dict[str, Any] = {"urgent": form, "rejected": not right}
    if not right:
        return page(request, "urgent", context, visit=visit, status=403)
    if not form.is_valid():
        return page(request, "urgent", context, visit=visit, status=422)
    told = form.cleaned_data
    contact = Contact(
        address=told["address"],
        answer_language=_language(),
        channel=Channel.OTHER if told["address"] else Channel.INBOX,
    )
    story = _story(request, told["team"], told["story"], Urgency.NOW, contact)
    return _send(request, visit, story, "urgent", context)


@plain
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Two of the eight words: right, and the cookie is renewed, so that nothing draws the words again."""
    visit = known_visit(request)
    number = request.POST.get("form", "")
    if visit is None or not is_number(number):
        return redirect("legal_aid:plain_return")
    right = plain_body.key_is_right(request)
    shown = plain_intake.shown_again(visit, number, _language())
    places = plain_receipt.asked_places(number)
    form = ConfirmForm(request.POST, places=places)
    try:
        plain_session.opened(visit, at=clock.now())
        if not right or not form.is_valid() or not _words_right(shown, places, form):
            return receipt(
                request, visit, shown, form, wrong=form.is_valid(), replaced=bool(request.POST.get("replaced"))
            )
        renewed = plain_session.renew(visit, form=number, at=clock.now())
    except NoSessionError:
        return redirect("legal_aid:plain_return")
    return keep(redirect("legal_aid:plain_thread"), renewed)


def receipt(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    request: HttpRequest,
    visit: Visit,
    shown: plain_receipt.Shown,
    form: ConfirmForm | None = None,
    *,
    wrong: bool = False,
    replaced: bool = False,
) -> HttpResponse:
    """The eight words, once; whoever leaves this page without noting them has lost the request."""
    number = request.POST.get("form", "")
    context = {
        "words": shown.words,
        "digits": shown.words[0].isdigit(),
        "confirm": form or ConfirmForm(places=plain_receipt.asked_places(number)),
        "wrong": wrong,
        "replaced": replaced,
    }
    return page(request, "receipt", context, visit=visit)


def _go_on(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    request: HttpRequest, visit: Visit, forms: tuple[SituationForm, ContactForm], taken: Taken, *, step: str, go: str
) -> HttpResponse:
    """From one screen to the next, back, or to the end; an error leads to the screen that it is on."""
    situation, contact = forms
    if go == "situation" or (step == "situation" and (go == "files" or taken.refused)):
        return _screen(request, visit, "situation", _unjudged(request), taken)
    if not situation.is_valid():
        return _screen(request, visit, "situation", forms, taken, status=422)
    if go == "contact":
        return _screen(request, visit, "contact", (situation, _unjudged(request)[1]), taken)
    if not contact.is_valid():
        return _screen(request, visit, "contact", forms, taken, status=422)
    if go != "send":
        return _screen(request, visit, "check", forms, taken)
    told = situation.cleaned_data
    story = _story(request, told["team"], told["story"], told["urgency"], contact_of(situation, contact))
    return _send(request, visit, story, "check", _context(visit, forms, taken))


def _send(request: HttpRequest, visit: Visit, story: Story, template: str, context: dict[str, Any]) -> HttpResponse:
    if not is_number(story.form):
        return page(request, template, context | {"problem": _("Send once more.")}, visit=visit, status=422)
    try:
        shown = plain_intake.send(story, visit=visit, at=clock.now())
    except FormSpentError:
        return redirect("legal_aid:plain_thread")
    except EXPECTED as error:
        status, words = problem(error)
        return page(request, template, context | {"problem": words}, visit=visit, status=status)
    return receipt(request, visit, shown)


def _story(request: HttpRequest, team: str, text: str, urgency: str, contact: Contact) -> Story:
    return Story(
        team=team, text=text, urgency=urgency, contact=contact, form=request.POST.get("form", ""), language=_language()
    )


def _words_right(shown: plain_receipt.Shown, places: tuple[int, int], form: ConfirmForm) -> bool:
    typed = (form.cleaned_data["first"], form.cleaned_data["second"])
    return all(shown.is_word(place, word) for place, word in zip(places, typed, strict=True))


def _screen(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    request: HttpRequest,
    visit: Visit,
    step: str,
    forms: tuple[SituationForm, ContactForm],
    taken: Taken | None = None,
    *,
    rejected: bool = False,
    status: int = 200,
) -> HttpResponse:
    template = step if step in {"situation", "contact", "check"} else "situation"
    if template == "check" and not (forms[0].is_valid() and forms[1].is_valid()):
        template = "situation"
    context = _context(visit, forms, taken or Taken()) | {"rejected": rejected}
    return page(request, template, context, visit=visit, status=status)


def _context(visit: Visit, forms: tuple[SituationForm, ContactForm], taken: Taken) -> dict[str, Any]:
    situation, contact = forms
    chosen = situation["team"].value()
    context: dict[str, Any] = {"situation": situation, "contact": contact, **files_shown(visit, taken)}
    context["team"] = next((team for team in _teams() if team.hex == chosen), None)
    if situation.is_bound and situation.is_valid() and contact.is_bound and contact.is_valid():
        context["answers"] = list(_answers(situation, {"story", "team"}))
        context["reaching"] = list(_answers(contact, set()))
    return context


def _answers(form: Form, without: set[str]) -> Iterator[tuple[str, str]]:
    """Labels and answers as the person reads them; what was left empty is left out."""
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        if bound.name not in without and value not in (None, "", [], False):
            yield str(bound.label), _spoken(bound, value)


def _spoken(bound: BoundField, value: object) -> str:
    if value is True:
        return _("Yes")
    labels = dict(getattr(bound.field, "choices", ()))
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(one, one)) for one in chosen)


def _forms(request: HttpRequest) -> tuple[SituationForm, ContactForm]:
    return SituationForm(request.POST, teams=_teams()), ContactForm(request.POST)


def _unjudged(request: HttpRequest) -> tuple[SituationForm, ContactForm]:
    """The forms with what was typed, before anything was asked to be complete."""
    typed = {name: request.POST.getlist(name) for name in request.POST}
    initial = {name: values if name == "aims" else values[-1] for name, values in typed.items()}
    told = ContactForm(request.POST)
    # A box that travels hidden comes back as the word "False": asked by its name alone, it would count as ticked.
    ticks = {name: told[name].data for name in ("voicemail", "ask_each_time")} if "channel" in typed else {}
    return SituationForm(initial=initial, teams=_teams()), ContactForm(initial=initial | ticks)


def _first_forms(request: HttpRequest) -> tuple[SituationForm, ContactForm]:
    initial = {"team": request.GET.get("team", ""), "answer_language": _language()}
    if request.GET.get("for") == "other":
        initial["writing_for"] = "other"
    return SituationForm(initial=initial, teams=_teams()), ContactForm()


def _teams() -> list[PublicTeam]:
    return [team for team in public_team.all_shown(at=clock.now()) if team.open]


def _language() -> str:
    return get_language() or "en"
