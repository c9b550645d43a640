"""Coming back without scripts: the words, the thread, one more message, another receipt, the end of everything."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hrdplatform.web import clock
from hrdplatform.web.addresses import circuit
from hrdplatform.web.throttle import Throttle, wait_words
from legal_aid.domain import plain_case, plain_receipt, plain_session
from legal_aid.domain.plain_case import BrokenFileError, OpenCase
from legal_aid.domain.plain_files import Taken
from legal_aid.domain.plain_receipt import ReceiptAmbiguousError, ReceiptUnreadableError, TooBusyError
from legal_aid.domain.plain_session import FormSpentError, NoSessionError, Visit
from legal_aid.domain.speakers import UnknownCaseError
from legal_aid.forms.plain import EraseForm, MessageForm, ReceiptForm

from . import plain_body, plain_thread
from .plain_request import receipt
from .plain_visit import EXPECTED, files_shown, is_number, keep, known_visit, new_number, page, plain, problem, visit_of
from .refusals import TooOftenError

OPENINGS = Throttle("receipt-opening", limit=20, period=600)
"""Openings of one circuit: each costs an Argon2id, right or wrong."""


@plain
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The eight words. Unknown, wrong and erased ones are answered alike, with the same work."""
    visit = visit_of(request)
    if request.method == "GET":
        return page(request, "return", {"receipt": ReceiptForm()}, visit=visit)
    right = plain_body.key_is_right(request)
    form = ReceiptForm(request.POST)
    context: dict[str, Any] = {"receipt": form, "rejected": not right}
    if not right:
        return page(request, "return", context, visit=visit, status=403)
    status = 422
    if form.is_valid():
        status = _open(request, form, visit, context)
        if status == 302:
            return keep(redirect("legal_aid:plain_thread"), visit)
    return page(request, "return", context, visit=visit, status=status)


@plain
@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest) -> HttpResponse:
    """The messages of both sides with what verifying them found, and one more to write."""
    visit = known_visit(request)
    try:
        if visit is None:
            return _sign_in()
        if request.method == "GET":
            return _shown(request, visit, MessageForm(), Taken(), sent="sent" in request.GET)
        return _written(request, visit)
    except NoSessionError:
        return _sign_in()


@plain
@require_GET
def file(request: HttpRequest, row: str, number: str) -> HttpResponseBase:
    """A file of a message: always a download, never shown as a page."""
    try:
        found = plain_case.load(known_visit(request), at=clock.now())
        attachment, pieces = plain_case.file(found, row=row, number=int(number))
    except NoSessionError:
        return _sign_in()
    except (UnknownCaseError, BrokenFileError) as error:
        return _file_refused(request, error)
    answer = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    answer["Content-Length"] = str(attachment.size)
    answer["Content-Disposition"] = content_disposition_header(True, attachment.name) or "attachment"
    return answer


@plain
@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest) -> HttpResponse:
    """Eight new words; from then on the old ones open nothing."""
    visit = known_visit(request)
    try:
        plain_session.opened(visit, at=clock.now())
    except NoSessionError:
        return _sign_in()
    assert visit is not None  # noqa: S101 - for the type checker: without a visit there is no session
    number = request.POST.get("form", "")
    if request.method == "GET" or not plain_body.key_is_right(request) or not is_number(number):
        return page(request, "replace", {}, visit=visit)
    try:
        shown = plain_case.replace_receipt(form=number, language=get_language() or "en", visit=visit, at=clock.now())
    except FormSpentError:
        return redirect("legal_aid:plain_thread")
    except NoSessionError:
        return _sign_in()
    except EXPECTED as error:
        status, words = problem(error)
        return page(request, "replace", {"problem": words}, visit=visit, status=status)
    return receipt(request, visit, shown, replaced=True)


@plain
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """The question, then the end of everything."""
    visit = known_visit(request)
    try:
        plain_session.opened(visit, at=clock.now())
        assert visit is not None  # noqa: S101 - as above
        form = EraseForm(request.POST if request.method == "POST" else None)
        if request.method == "GET" or not plain_body.key_is_right(request) or not form.is_valid():
            return page(request, "erase", {"erase": form}, visit=visit)
        plain_case.erase(visit, at=clock.now())
    except NoSessionError:
        return _sign_in()
    return keep(redirect("legal_aid:plain_erased"), Visit.begin())


@plain
@require_GET
def erased(request: HttpRequest) -> HttpResponse:
    """That nothing is left."""
    return render(request, "legal_aid/plain/erased.html")


def close(request: HttpRequest) -> None:
    """End the visit when somebody leaves."""
    visit = known_visit(request)
    if visit is not None:
        plain_session.end(visit)


def _open(request: HttpRequest, form: ReceiptForm, visit: Visit, context: dict[str, Any]) -> int:
    """Try the words; the status, with the error put on the form."""
    key = circuit(request)
    try:
        _count(key)
        indices = plain_receipt.read(form.cleaned_data["words"], form.cleaned_data["language"])
        plain_case.unlock(indices, visit=visit, at=clock.now())
    except ReceiptUnreadableError as error:
        form.add_error("words", _unreadable(error))
        return 422
    except ReceiptAmbiguousError:
        context["ask_language"] = True
        form.add_error("words", _("These words are in more than one of our lists. Say which language they are in."))
        return 422
    except UnknownCaseError:
        form.add_error("words", _("We find nothing for these words. Check each word and try again."))
        return 404
    except TooOftenError as error:
        form.add_error("words", wait_words(error.seconds))
        return 429
    except TooBusyError as error:
        status, words = problem(error)
        form.add_error(None, words)
        return status
    if key:
        OPENINGS.forget(key)
    return 302


def _count(key: str) -> None:
    verdict = OPENINGS.hit(key) if key else None
    if verdict is not None and not verdict:
        raise TooOftenError(verdict.seconds)


def _unreadable(error: ReceiptUnreadableError) -> str:
    if error.found != 8:
        return _("A receipt has eight words. We read %(found)d.") % {"found": error.found}
    places = ", ".join(str(place) for place in error.places)
    return _("We do not know these words: number %(places)s. Check how you noted them.") % {"places": places}


def _written(request: HttpRequest, visit: Visit) -> HttpResponse:
    plain_session.opened(visit, at=clock.now())
    right, taken = plain_body.read(request, visit, at=clock.now())
    typed = MessageForm(initial={"text": request.POST.get("text", "")})
    if not right:
        return _shown(request, visit, typed, taken, rejected=True, status=403)
    if "drop" in request.POST:
        plain_session.drop_file(visit, request.POST["drop"], at=clock.now())
        return _shown(request, visit, typed, taken)
    if request.POST.get("go") != "send" or taken.refused:
        return _shown(request, visit, typed, taken)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _shown(request, visit, form, taken, status=422)
    number = request.POST.get("form", "")
    try:
        plain_case.send(
            form.cleaned_data["text"], form=number if is_number(number) else new_number(), visit=visit, at=clock.now()
        )
    except EXPECTED as error:
        status, words = problem(error)
        return _shown(request, visit, form, taken, problem=words, status=status)
    return redirect_sent()


def redirect_sent() -> HttpResponseRedirect:
    """Back to the thread, by a GET, so that loading it again sends nothing."""
    answer = redirect("legal_aid:plain_thread")
    return HttpResponseRedirect(f"{answer.url}?sent")


def _shown(
    request: HttpRequest, visit: Visit, form: MessageForm, taken: Taken, *, status: int = 200, **context: Any
) -> HttpResponse:
    found: OpenCase = plain_case.load(visit, at=clock.now())
    shown = plain_thread.context(found) | files_shown(visit, taken) | {"write": form} | context
    return page(request, "thread", shown, visit=visit, status=status)


def _file_refused(request: HttpRequest, error: Exception) -> HttpResponse:
    broken = isinstance(error, BrokenFileError)
    return render(request, "legal_aid/plain/no_file.html", {"broken": broken}, status=409 if broken else 404)


def _sign_in() -> HttpResponse:
    return redirect("legal_aid:plain_return")
