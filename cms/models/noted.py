"""Pages that tell their readers what changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.base import BasePage


class NotedPage(BasePage):
    """A page of which somebody may have read an earlier version. Its notes are kept when it goes live (`Change`)."""

    change_note = models.CharField(
        _("what changed"),
        max_length=200,
        blank=True,
        help_text=_(
            "For readers who know the page: one sentence, shown with the day. Leave it as it is for small corrections."
        ),
    )

    settings_panels: ClassVar = [FieldPanel("change_note"), *BasePage.settings_panels]

    class Meta:
        abstract = True

    def get_context(self, request: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Adds `changes`: the notes that readers see, the newest first."""
        from cms import queries  # noqa: PLC0415  # queries stand above models

        context: dict[str, Any] = super().get_context(request, *arguments, **options)
        context["changes"] = queries.changes(self)
        return context
