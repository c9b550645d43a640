"""Tags that say which language a text has, where it is not that of the page."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hrdplatform.web.languages import RIGHT_TO_LEFT
from hrdplatform.web.texts import Shown

register = template.Library()


@register.simple_tag
def written_in(language: str) -> SafeString:
    """Attributes `lang` and `dir`, with a blank before them, for an element whose words are in another language."""
    if not language or language == (get_language() or "")[:2]:
        return SafeString("")
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)


@register.simple_tag
def text(shown: Shown | str) -> SafeString | str:
    """The text, in a span that names its language where it is not that of the page."""
    attributes = written_in(getattr(shown, "language", ""))
    return format_html("<span{}>{}</span>", attributes, shown) if attributes else shown


@register.filter
def isolated(name: object) -> SafeString:
    """A name within a sentence, so that in a page of the other direction nothing beside it changes places."""
    return format_html("<bdi>{}</bdi>", name)
