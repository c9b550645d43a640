"""What waits for me: the first panel of the office.

Rooms add lines through the slot `office.waiting`, and ways to what one may begin through `office.ways`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from hrdplatform.notices.models import Notice
from hrdplatform.office.unfinished import list_address, unfinished_for
from hrdplatform.web import slots

SLOT = "office.waiting"
WAYS = "office.ways"


class WaitingPanel(Component):
    """The lines that rooms have for this person."""

    name = "waiting"
    template_name = "office/waiting.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """`lines` and `ways`: list items, or nothing."""
        request = parent_context["request"]
        return {"lines": slots.render(SLOT, request), "ways": slots.render(WAYS, request)}


def line(address: str, words: str) -> SafeString:
    """One line of the panel: what waits, and the way there."""
    return format_html('<li><a href="{}">{}</a></li>', address, words)


def translations(request: Any, *_objects: object) -> SafeString:
    """How many translations this person may put right."""
    count = len(unfinished_for(request.user))
    if not count:
        return SafeString("")
    words = ngettext(
        "%(count)s translation is missing or out of date", "%(count)s translations are missing or out of date", count
    )
    return line(list_address(), words % {"count": count})


def parked(request: Any, *_objects: object) -> SafeString:
    """How many mails were set aside, for administrators of the platform."""
    count = Notice.objects.parked().count() if request.user.is_superuser else 0
    if not count:
        return SafeString("")
    words = ngettext("%(count)s mail was set aside", "%(count)s mails were set aside", count)
    return line(parked_address(), words % {"count": count})


def parked_address() -> str:
    """The address of what was set aside; empty where there is no office in this process."""
    try:
        return reverse("office_parked")
    except NoReverseMatch:
        return ""
