"""Tags of the office's template overrides."""

from __future__ import annotations

import json

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


@register.simple_tag
def without_alias(props: str) -> str:
    """What the translation editor is told, without the way to an alias: the office has none (`office_no_alias`)."""
    told = json.loads(props)
    told["links"]["convertToAliasUrl"] = None
    return json.dumps(told)
