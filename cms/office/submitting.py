"""The button that asks for the second pair of eyes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import SubmitForModerationMenuItem


class SubmitItem(SubmitForModerationMenuItem):
    """Says what happens, in the reader's language; Wagtail's own names the workflow as it is stored."""

    label: ClassVar[Promise] = _("Submit for approval")

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """As the stock item, with our words."""
        return {**super().get_context_data(parent_context), "label": self.label}
