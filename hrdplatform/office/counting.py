"""The numbers over the office's first page: of what one may change, not of what there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.permissions import page_permission_policy


class OwnPagesItem(PagesSummaryItem):
    """The pages that this person may change, and the way to them."""

    template_name = "office/own_pages.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """`place`: where they stand; `count`: how many there are, the root of all trees left out."""
        policy, user = page_permission_policy, self.request.user
        pages = policy.instances_user_has_permission_for(user, "change").filter(depth__gt=1)
        return {"place": policy.explorable_root_instance(user), "count": pages.count()}
