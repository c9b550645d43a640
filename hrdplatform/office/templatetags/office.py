"""Tags of the office's template overrides."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from hrdplatform.office.markers import marker

register = template.Library()


@register.simple_tag
def start(kind: str, *words: object) -> SafeString:
    """A marker for `static/office/start.js`."""
    return marker(kind, *words)


@register.simple_tag
def start_choosers(**addresses: str) -> SafeString:
    """A marker that tells the translation editor where the choosers are."""
    return marker("choosers", addresses)
