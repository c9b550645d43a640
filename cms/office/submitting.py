"""Asking for the second pair of eyes: the buttons that do it, and the words that tell what the answer did."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, WorkflowState

AFRESH: Final = frozenset({"action-cancel-workflow", "action-restart-workflow"})
"""Buttons that end a workflow: beside the one that hands a page in again nobody could tell which does that."""

stock = EditView.add_save_confirmation_message


class SubmitItem(SubmitForModerationMenuItem):
    """Says what happens, in the reader's language; Wagtail's own names the workflow as it is stored."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """As the stock item, with our words."""
        return {**super().get_context_data(parent_context), "label": label(parent_context.get("page"))}


def label(page: Page | None) -> Promise:
    """What the button says; of a page that was sent back, that the same person's wish is answered."""
    return gettext_lazy("Send back for approval") if came_back(page) else gettext_lazy("Submit for approval")


def came_back(page: Page | None) -> bool:
    """Whether a page was sent back and not handed in again."""
    state = page.current_workflow_state if page else None
    return state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES


def one_way_back(menu: list[ActionMenuItem], page: Page | None) -> None:
    """Our button in place of Wagtail's; of a page that was sent back, it alone hands it in again."""
    without = AFRESH if came_back(page) else frozenset()
    menu[:] = [
        SubmitItem(item.order) if item.name == "action-submit" else item for item in menu if item.name not in without
    ]


def decided(view: EditView) -> None:
    """After a page was approved or sent back: that, and to whom; Wagtail says "updated" of either."""
    if view.action_name != "perform_workflow_action":
        stock(view)
        return
    title, state = view.page.get_admin_display_title(), view.workflow_state
    if view.workflow_action == "reject":
        name = state.requested_by.name if state.requested_by else ""
        said = _("“%(title)s” was sent back to %(name)s.") if name else _("“%(title)s” was sent back.")
        messages.success(view.request, said % {"title": title, "name": name})
        return
    page = Page.objects.get(pk=view.page.pk)
    published = page.live and not page.has_unpublished_changes
    said = _("“%(title)s” was approved and published.") if published else _("“%(title)s” was approved.")
    messages.success(view.request, said % {"title": title})


def tell_decisions() -> None:
    """Puts `decided` where the editor says what it did."""
    EditView.add_save_confirmation_message = decided
