"""What a page of the office is about, after its heading and a colon; French sets a space before that."""

from __future__ import annotations

from django.utils.translation import get_language
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

FRENCH = "\N{NO-BREAK SPACE}"


def heading(self: WagtailAdminTemplateMixin) -> str:
    """In place of `WagtailAdminTemplateMixin.get_header_title`, which sets it as English does in every language."""
    title, about = self.get_page_title(), self.get_page_subtitle()
    space = FRENCH if get_language() == "fr" else ""
    return f"{title}{space}: {about}" if about else str(title)


def set_as_spoken() -> None:
    """Puts `heading` where every view of Wagtail's asks for its own."""
    WagtailAdminTemplateMixin.get_header_title = heading
