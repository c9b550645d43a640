"""What readers say about the pages that somebody writes."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy

from cms.models import Opinion
from hrdplatform.office.views.pages import OfficePage

A_PAGE = 50


class OpinionsView(OfficePage):
    """The opinions about the visitor's own pages, newest first. Nobody knows who wrote them."""

    page_title = _("What readers say")
    header_icon = "comment"
    template_name = "cms/office/opinions.html"

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        mine = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        found = Opinion.objects.filter(page__in=mine.values("pk")).select_related("page").order_by("-on", "-pk")
        rows = Paginator(found, A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(rows=rows, **words)
