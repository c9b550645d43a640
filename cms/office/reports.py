"""What is to be checked again: the pages of the visitor's own organisation, with their days."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from cms.domain import upkeep
from hrdplatform.office.views.pages import OfficePage
from hrdplatform.web import clock

A_PAGE = 50
TO_CHECK = "office_to_check"


class ToCheckView(OfficePage):
    """The live pages that the visitor may change, the one that is most overdue first."""

    page_title = _("To be checked")
    header_icon = "calendar-check"
    template_name = "cms/office/to_check.html"

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        rows = Paginator(upkeep.to_check(self.request.user), A_PAGE).get_page(self.request.GET.get("p"))
        today = timezone.localdate(clock.now())
        return super().get_context_data(rows=rows, today=today, soon=today + upkeep.AHEAD, **words)


def to_check_item() -> MenuItem:
    """The list, among the reports."""
    return MenuItem(_("To be checked"), reverse(TO_CHECK), name="to-check", icon_name="calendar-check", order=105)
