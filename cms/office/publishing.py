"""Publishing what was shown: many pages in one go as they were when the question was asked, and approving only there
where the page is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page

from cms.rules import ChangedError


class PublishShown(PublishBulkAction):
    """Wagtail's own. The address that answers its question says what the question was about."""

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**words)
        pages = [item["item"] for item in context["items"]]
        return {**context, "submit_url": f"{context['submit_url']}&{urlencode({'shown': versions(pages)})}"}

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "shown": self.request.GET.get("shown")}

    @classmethod
    def execute_action(cls, objects: Sequence[Page], shown: str | None = None, **words: Any) -> tuple[int, int]:
        """Raises `ChangedError` where a page, or a draft below one, was written since the question was asked."""
        for page in objects:
            list(with_drafts(page).select_for_update(of=("self",)))
        if shown != versions(objects):
            raise ChangedError
        published: tuple[int, int] = super().execute_action(objects, **words)
        return published


def with_drafts(page: Page) -> QuerySet[Page]:
    """A page, and the drafts below it that can go live with it."""
    below: QuerySet[Page] = page.get_descendants(inclusive=True).filter(Q(live=False) | Q(pk=page.pk))
    return below


def versions(pages: Iterable[Page]) -> str:
    """A mark that changes with every newer version of `pages` and of the drafts below them."""
    columns = ("pk", "latest_revision", "latest_revision__created_at")
    rows = {row for page in pages for row in with_drafts(page).order_by().values_list(*columns)}
    return hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()


class ReadFirstPanel(WorkflowObjectsToModeratePanel):
    """Wagtail's own, without the button that approves what is only named here: that one stands where it is read."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        for state in context["states"]:
            state["actions"] = [action for action in state["actions"] if action[0] != "approve"]
        return context


def approved_where_it_is_read(_request: object, panels: list[Any]) -> None:
    """Puts our panel in the place of Wagtail's."""
    panels[:] = [ReadFirstPanel() if type(one) is WorkflowObjectsToModeratePanel else one for one in panels]
