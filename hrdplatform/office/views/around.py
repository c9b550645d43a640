"""What stands around every view of Wagtail's admin: a language it has, who looks, and the words of a refusal."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from hrdplatform.office import titles
from hrdplatform.office.access import ENTER
from hrdplatform.office.refusals import RefusedError
from hrdplatform.office.views.numbered import no_giants, own_numbers_only
from hrdplatform.web.addresses import local
from hrdplatform.web.views import errors

View = Callable[..., HttpResponse]

PLACES: Final = {
    "wagtailadmin_pages:copy": "new_parent_page",
    "wagtailadmin_pages:move": "new_parent_page",
    "wagtailadmin_pages:choose_parent": "parent_page",
    "wagtail_bulk_action": "chooser",
}
"""The forms that put pages somewhere, and the field that says where."""

DECISION: Final = "workflow-action-extra-data"
"""What the editor sends along when a page is approved or sent back; Wagtail takes it as it comes."""


def spoken(view: View) -> View:
    """In a language that Wagtail has words in: French for those who read Luxembourgish, Portuguese or Arabic. Pages are
    called as the visitor may know them (`titles`).
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *arguments: object, **words: object) -> HttpResponse:
        if (translation.get_language() or "")[:2] not in dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES):
            translation.activate(settings.LANGUAGE_CODE)
        titles.looking.set(request.user)
        return view(request, *arguments, **words)

    return wrapper


def refusable(view: View) -> View:
    """Leads back with the words of a `RefusedError` instead of failing; a form without a field that its page always
    sends, or with broken words about a decision, is a bad request.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *arguments: object, **words: object) -> HttpResponse:
        if DECISION in request.POST and not is_object(request.POST[DECISION]):
            raise BadRequest("What goes with a decision is one object of JSON.")
        try:
            return view(request, *arguments, **words)
        except RefusedError as refused:
            for line in refused.messages:
                messages.error(request, line)
        except MultiValueDictKeyError as missing:
            raise BadRequest("A form without one of its fields.") from missing
        before = request.headers.get("Referer", "")
        back = before if url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()}) else ""
        return HttpResponseRedirect(local(request.GET.get("next", "")) or back or reverse("wagtailadmin_home"))

    return wrapper


def in_our_face(view: View) -> View:
    """Our own page in place of Wagtail's where something is not there; who asks by script gets the answer as it is."""

    @wraps(view)
    def wrapper(request: HttpRequest, *arguments: object, **words: object) -> HttpResponse:
        answer = view(request, *arguments, **words)
        by_script = request.headers.get("X-Requested-With") or request.headers.get("Sec-Fetch-Mode") == "cors"
        missing = answer.status_code == HTTPStatus.NOT_FOUND and answer.get("Content-Type", "").startswith("text/html")
        return errors.not_found(request) if missing and not by_script else answer

    return wrapper


def is_object(text: str) -> bool:
    """Whether a text is an object of JSON."""
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def needing(field: str, view: View) -> View:
    """A bad request for a form without `field`, where Wagtail's own form breaks without it."""

    @wraps(view)
    def wrapper(request: HttpRequest, *arguments: object, **words: object) -> HttpResponse:
        if request.method == "POST" and field not in request.POST:
            raise BadRequest("A form without one of its fields.")
        return view(request, *arguments, **words)

    return wrapper


def own_pages_only(view: View) -> View:
    """What is others' is not there (404) where Wagtail would name it: as the place that the explorer opens or that a
    page is to be put, as the page of a task and as what was ticked, which it names while it refuses. Links may lead to
    every public page, so choosers open those.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *arguments: object, **words: object) -> HttpResponse:
        if (
            ("parent_page_id" in words and hides_place(request, words["parent_page_id"]))
            or sends_foreign_place(request)
            or ("destination_id" in words and hides_move(request, words["page_to_move_id"], words["destination_id"]))
            or (
                "page_id" in words
                and not words.keys().isdisjoint({"task_id", "task_state_id"})
                and hides_task(request, words["page_id"])
            )
        ):
            raise Http404
        no_giants(request)
        own_numbers_only(request, words)
        return view(request, *arguments, **words)

    return wrapper


def hides_place(request: HttpRequest, number: object) -> bool:
    """Whether a page is neither the visitor's own nor above one. Who has no pages at all is refused by Wagtail, but not
    where pages are chosen.
    """
    chooses = request.resolver_match is not None and request.resolver_match.view_name.startswith("wagtailadmin_choose")
    if chooses and Page.objects.live().filter(pk=number).exists():
        return False
    if page_permission_policy.explorable_root_instance(request.user) is None:
        return chooses
    return not page_permission_policy.explorable_instances(request.user).filter(pk=number).exists()


def sends_foreign_place(request: HttpRequest) -> bool:
    """Whether a form wants a page put where the visitor sees nothing, or nowhere."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    place = request.POST.get(PLACES[view]) if view in PLACES else None
    if not place:
        return place == "" and view.endswith(":copy")  # the others ask for one, this form breaks
    return not place.isdecimal() or hides_place(request, place)


def hides_move(request: HttpRequest, number: object, place: object) -> bool:
    """Whether a page or the place where it is to go is not the visitor's to see: Wagtail says what stands there before
    it asks who may move it. Who may not enter the office is refused by Wagtail.
    """
    seen = page_permission_policy.explorable_instances(request.user)
    return request.user.has_perm(ENTER) and seen.filter(pk__in={number, place}).count() < len({number, place})


def hides_task(request: HttpRequest, number: object) -> bool:
    """Whether the visitor may not open a page."""
    page = Page.objects.filter(pk=number).first()
    return page is None or not page.permissions_for_user(request.user).can_edit()


def administrators_only(view: View) -> View:
    """For administrators of the platform: lists that show every organisation's things at once."""

    @wraps(view)
    def wrapper(request: HttpRequest, *arguments: object, **words: object) -> HttpResponse:
        user = request.user
        if not (user.is_authenticated and user.is_active and user.is_superuser):
            raise PermissionDenied
        return view(request, *arguments, **words)

    return wrapper
