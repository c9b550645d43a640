"""The list of translations that are missing or out of date."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from hrdplatform.office.unfinished import unfinished_for
from hrdplatform.office.views.pages import OfficePage

A_PAGE = 50


class UnfinishedView(OfficePage):
    """What this person may put right."""

    page_title = _("Translations to look after")
    header_icon = "globe"
    template_name = "office/unfinished.html"

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        pages = Paginator(unfinished_for(self.request.user), A_PAGE)
        return super().get_context_data(rows=pages.get_page(self.request.GET.get("p")), **words)
