"""The front hall's door into the office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.office.rows import learning_group
from cms.office.terms import term_chooser
from cms.rules import AloneError, refuse_translation, translation_into
from cms.unfinished import pages
from hrdplatform.office.refusals import RefusedError
from hrdplatform.office.unfinished import register_provider
from hrdplatform.office.viewsets import OwnedChooserViewSet

register_provider(pages)


def no_refused_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Says no before wagtail-localize publishes a translation that is incomplete or that nobody else has read.

    `guard.save_target` refuses as well; wagtail-localize would word that refusal as "click again to ignore".
    """
    translation = translation_into(page) if request.method == "POST" else None
    if translation is not None and request.POST.get("action") == "publish":
        try:
            refuse_translation(translation, request.user)
        except RefusedError as refused:
            messages.error(request, refused.messages[0])
            return redirect(request.path)
    return None


hooks.register("before_edit_page", no_refused_translation, order=-100)


def no_publish_button(menu: list[ActionMenuItem], _request: HttpRequest, context: dict[str, Any]) -> None:
    """No button that always refuses: what needs four eyes is submitted."""
    page = context.get("page")
    if getattr(page or context["parent_page"], "four_eyes", False):
        menu[:] = [item for item in menu if item.name != "action-publish"]


def new_pages_are_drafts(request: HttpRequest, _parent: Page, kind: type[Page]) -> None:
    """A page that needs four eyes is saved, not published, whatever was asked for: Wagtail makes the row live before it
    asks whether it may publish.
    """
    if request.method == "POST" and getattr(kind, "four_eyes", False) and "action-publish" in request.POST:
        request.POST = request.POST.copy()  # type: ignore[assignment]  # the one place where it is not yet read
        del request.POST["action-publish"]
        messages.error(request, AloneError().messages[0])


hooks.register("construct_page_action_menu", no_publish_button)
hooks.register("before_create_page", new_pages_are_drafts)


def own_or_public(pages: models.QuerySet[Page], request: HttpRequest) -> models.QuerySet[Page]:
    """A link may lead to every public page; of drafts a chooser shows the own ones only."""
    own = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    return pages.filter(models.Q(live=True) | models.Q(pk__in=own.values("pk")))


hooks.register("construct_page_chooser_queryset", own_or_public)


def our_viewsets() -> list[ViewSetGroup | OwnedChooserViewSet]:
    """What the front hall adds to the office."""
    return [learning_group, term_chooser]


hooks.register("register_admin_viewset", our_viewsets)
