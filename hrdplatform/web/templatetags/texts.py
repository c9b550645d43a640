"""The tag that shows a text in the language it has."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hrdplatform.web.languages import RIGHT_TO_LEFT
from hrdplatform.web.texts import Shown

register = template.Library()


@register.simple_tag
def text(shown: Shown | str) -> SafeString | str:
    """The text, in a span with `lang` and `dir` where it is not in the language of the page."""
    language = getattr(shown, "language", "")
    if not language or language == (get_language() or "")[:2]:
        return shown
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction, shown)
