"""What an address names by number in its query: the rows ticked in a list, and pages chosen together.

Wagtail looks up whatever number is sent, and names the things that somebody may not change while it refuses them.
"""

from __future__ import annotations

from typing import Any, Final

from django.apps import apps
from django.core.exceptions import BadRequest
from django.db import models
from django.http import Http404, HttpRequest
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from hrdplatform.office.access import ENTER
from hrdplatform.office.choices import is_key, offered

BULK: Final = "wagtail_bulk_action"
CHOSEN: Final = "wagtailadmin_choose_page_chosen_multiple"

WORDS: Final = frozenset({"q", "search", "term"})
"""What lists call the words that are looked for, which may be a number however long."""


def own_numbers_only(request: HttpRequest, words: dict[str, Any]) -> None:
    """Writes out `all` as what of its list the visitor sees. Raises `Http404` where a number is that of nothing she
    sees. Who may not enter the office is refused by Wagtail.
    """
    view = request.resolver_match.view_name if request.resolver_match else ""
    if view not in {BULK, CHOSEN} or not request.user.has_perm(ENTER):
        return
    seen = offered(Page, request.user) if view == CHOSEN else ticked(request, **words)
    numbers = set(request.GET.getlist("id"))
    if not all(is_key(number) for number in numbers) or seen.filter(pk__in=numbers).count() != len(numbers):
        raise Http404


def no_giants(request: HttpRequest) -> None:
    """Raises `BadRequest` for a number in the query that no row can have: filters would hand it on to the database; so
    would the editor with the number of the version that it writes over.
    """
    asked = (value for name, values in request.GET.lists() if name not in WORDS for value in values)
    version = request.POST.get("overwrite_revision_id", "")
    if any(value.isdecimal() and not is_key(value) for value in asked) or (version and not is_key(version)):
        raise BadRequest("A number that no row can have.")


def ticked(request: HttpRequest, app_label: str, model_name: str, action: str) -> models.QuerySet[Any]:
    """What the visitor could have ticked for a bulk action. Raises `Http404` for an action that is none."""
    kind = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if kind is None:
        raise Http404
    model = apps.get_model(app_label, model_name)
    seen = listed(model, request.user)
    if "all" in request.GET.getlist("id"):
        write_out(request, kind(request, model), seen)
    return seen


def listed(model: type[models.Model], user: Any) -> models.QuerySet[Any]:
    """What the lists in which something can be ticked show `user`: of pages what the explorer opens, which is less than
    what links may lead to.
    """
    return page_permission_policy.explorable_instances(user) if issubclass(model, Page) else offered(model, user)


def write_out(request: HttpRequest, action: BulkAction, seen: models.QuerySet[Any]) -> None:
    """Puts numbers in the place of `all`: those of the list, opened and searched as the query says. Raises `Http404`
    where nobody could have opened such a list.
    """
    inside = request.GET.get("childOf")
    if inside is not None and not is_key(inside):
        raise Http404
    if inside is not None and issubclass(seen.model, Page) and not seen.filter(pk=inside).exists():
        raise Http404
    whole = list(action.get_all_objects_in_listing_query(inside))
    query = request.GET.copy()
    query.setlist("id", [str(key) for key in seen.filter(pk__in=whole).values_list("pk", flat=True)])
    request.GET = query  # type: ignore[assignment]  # the same, only not yet sealed
