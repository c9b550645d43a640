"""What our own pages in the office have in common."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin


class Headed(WagtailAdminTemplateMixin):
    """A page of ours inside the office; the path in its head ends with its own title."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]


class OfficePage(Headed, TemplateView):
    """One that is only looked at."""
