"""The front hall's door into the office."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.models import Page, WorkflowState

from cms import links
from cms.domain.findings import findings
from cms.models import CoursePage
from cms.office.folders import EXPORT, IMPORT, SENT, STOP, TAKE, export_button, import_item
from cms.office.opinions import OpinionsView
from cms.office.parcels import parcels
from cms.office.publishing import PublishShown, approved_where_it_is_read
from cms.office.reports import TO_CHECK, ToCheckView, to_check_item
from cms.office.rows import learning_group
from cms.office.submitting import one_way_back, tell_decisions
from cms.office.terms import term_chooser
from cms.rules import (
    AloneError,
    ChangedError,
    HiddenPlaceError,
    mark_of,
    refuse_hidden_place,
    refuse_translation,
    refuse_unseen,
    texts_shown,
    translation_into,
)
from cms.unfinished import pages
from cms.views.folders import ExportView, ImportView, SentView, stop_folder, take_folder
from cms.waiting import lines, ways
from hrdplatform.office.choices import offered
from hrdplatform.office.refusals import RefusedError
from hrdplatform.office.unfinished import register_provider
from hrdplatform.office.views.around import DECISION
from hrdplatform.office.viewsets import OwnedChooserViewSet
from hrdplatform.office.waiting import SLOT, WAYS
from hrdplatform.web import slots

hooks.register("register_rich_text_features", links.register, order=10)
register_provider(pages)
tell_decisions()
slots.register(SLOT, "cms.waiting", lines, order=20)
slots.register(WAYS, "cms.begin", ways, order=20)


def no_refused_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Says no before wagtail-localize publishes a translation that is incomplete, that nobody else has read, that has
    changed since it was shown, or whose place is hidden.

    `guard.save_target` refuses as well; wagtail-localize would word that refusal as "click again to ignore".
    """
    publishing = request.POST.get("action") == "publish"
    translation = translation_into(page) if publishing or request.method == "GET" else None
    if translation is None:
        return None
    mark = mark_of(translation)
    if not publishing:
        request.shown = mark  # type: ignore[attr-defined]  # for the template
        if not page.permissions_for_user(request.user).can_publish():
            messages.info(request, _("When every text is translated, an editor publishes it: it stands in their list."))
        return None
    try:
        refuse_translation(translation, request.user)
        refuse_hidden_place(page)
        if getattr(page, "four_eyes", False) and request.POST.get("shown") != mark:
            raise ChangedError
        texts_shown.set(mark)
    except RefusedError as refused:
        messages.error(request, refused.messages[0])
        return redirect(request.path)
    return None


def decided_as_shown(request: HttpRequest, page: Page) -> None:
    """Hands the task, with the comment, what the editor says of the version that it shows. Raises `ChangedError` before
    an old form is kept over newer words.
    """
    if request.method != "POST" or "action-workflow-action" not in request.POST or page.latest_revision is None:
        return
    form = request.POST.copy()
    shown = f"{form.get('loaded_revision_id', '')} {form.get('loaded_revision_created_at', '')}"
    refuse_unseen(page.latest_revision, shown)
    form[DECISION] = json.dumps({**json.loads(form.get(DECISION, "{}")), "shown": shown})
    request.POST = form  # type: ignore[assignment]  # nobody has read it yet


hooks.register("before_edit_page", no_refused_translation, order=-100)
hooks.register("before_edit_page", decided_as_shown)
hooks.register("register_bulk_action", PublishShown, order=1)
hooks.register("construct_homepage_panels", approved_where_it_is_read)


def no_publish_button(menu: list[ActionMenuItem], _request: HttpRequest, context: dict[str, Any]) -> None:
    """No button that always refuses: what needs four eyes is submitted, and the button says for what."""
    page = context.get("page")
    one_way_back(menu, page)
    if getattr(page or context["parent_page"], "four_eyes", False):
        menu[:] = [item for item in menu if item.name != "action-publish"]


def new_pages_are_drafts(request: HttpRequest, parent: Page, kind: type[Page]) -> None:
    """A page that needs four eyes, or whose place is hidden, is saved, not published, whatever was asked for: Wagtail
    makes the row live before it asks whether it may publish.
    """
    if request.method != "POST" or "action-publish" not in request.POST:
        return
    refused = (
        AloneError() if getattr(kind, "four_eyes", False) else None if parent.live else HiddenPlaceError(parent.title)
    )
    if refused is not None:
        form = request.POST.copy()
        del form["action-publish"]
        request.POST = form  # type: ignore[assignment]  # nobody has read it yet
        messages.error(request, refused.messages[0])


hooks.register("construct_page_action_menu", no_publish_button)
hooks.register("before_create_page", new_pages_are_drafts)


def state_known(request: HttpRequest, page: Page) -> None:
    """Looks at the workflow of a draft once. Wagtail does so for pages without one (`prefetch_workflow_states`), and
    asks again a dozen times for a version; not where what is sent changes the state.
    """
    if hasattr(page, "_current_workflow_states") or any(name.startswith("action-") for name in request.POST):
        return
    running = WorkflowState.objects.active().select_related("current_task_state__task")
    states = models.Prefetch("_specific_workflow_states", running, to_attr="_current_workflow_states")
    models.prefetch_related_objects([page], states)


def tell_what_came_back(request: HttpRequest, page: Page) -> None:
    """Over the editor of a page that was sent back: the comment."""
    state = page.current_workflow_state if request.method == "GET" else None
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES and state.current_task_state.comment:
        words = _("Sent back with a comment: %(comment)s") % {"comment": state.current_task_state.comment}
        messages.warning(request, words)


def tell_lessons_missing(request: HttpRequest, page: Page) -> None:
    """Over the translation of a course that is public, so also once it was published: how many of its lessons are not
    public with it.
    """
    if request.method == "GET" and isinstance(page, CoursePage) and page.live and translation_into(page):
        for row in pages(request.user):
            if row.detail and row.address == request.path:
                messages.warning(request, row.detail)


hooks.register("before_edit_page", state_known, order=-200)
hooks.register("before_edit_page", tell_lessons_missing, order=-50)
hooks.register("before_edit_page", tell_what_came_back)


def own_or_public(pages: models.QuerySet[Page], request: HttpRequest) -> models.QuerySet[Page]:
    """A link may lead to every public page; of drafts a chooser shows the own ones only."""
    return pages.filter(pk__in=offered(Page, request.user).values("pk"))


hooks.register("construct_page_chooser_queryset", own_or_public)


def tell_findings(request: HttpRequest, page: Page) -> None:
    """After a page was saved by hand, not by the editor's own clock: what on it leaves somebody out."""
    if request.accepts("text/html"):
        for words in findings(page):
            messages.warning(request, words)


hooks.register("after_edit_page", tell_findings)
hooks.register("after_create_page", tell_findings)


def our_addresses() -> list[URLPattern]:
    """What readers say, and what is to be checked again."""
    return [
        path("opinions/", OpinionsView.as_view(), name="office_opinions"),
        path("to-check/", ToCheckView.as_view(), name=TO_CHECK),
    ]


def opinions_item() -> MenuItem:
    """What readers say, among the reports."""
    return MenuItem(_("What readers say"), reverse("office_opinions"), name="opinions", icon_name="comment", order=110)


hooks.register("register_admin_urls", our_addresses)
hooks.register("register_reports_menu_item", opinions_item)
hooks.register("register_reports_menu_item", to_check_item)


def our_viewsets() -> list[ViewSetGroup | OwnedChooserViewSet]:
    """What the front hall adds to the office."""
    return [learning_group, term_chooser, parcels]


hooks.register("register_admin_viewset", our_viewsets)


def folder_addresses() -> list[URLPattern]:
    """Courses as folders: sent in and taken out."""
    return [
        path("courses/import/", ImportView.as_view(), name=IMPORT),
        path("courses/import/<int:pk>/", SentView.as_view(), name=SENT),
        path("courses/import/<int:pk>/take/", take_folder, name=TAKE),
        path("courses/import/<int:pk>/stop/", stop_folder, name=STOP),
        path("courses/<int:page_id>/export/", ExportView.as_view(), name=EXPORT),
    ]


hooks.register("register_admin_urls", folder_addresses)
hooks.register("register_admin_menu_item", import_item)
hooks.register("register_page_header_buttons", export_button)
