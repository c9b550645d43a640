"""Inert markers in place of Wagtail's inline scripts; `static/office/start.js` does what they say."""

from __future__ import annotations

import json

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser


def marker(kind: str, *words: object) -> SafeString:
    """`<template data-office-start='["kind", …]'>`; the words are JSON values."""
    return format_html('<template data-office-start="{}"></template>', json.dumps([kind, *words]))


def render_chooser(
    self: BaseChooser, name: str, value: object, attrs: dict[str, str] | None = None, renderer: object = None
) -> SafeString:
    """In place of `BaseChooser.render`: the same widget with a marker where that one writes a script.

    Raises `TypeError` without an id, as Wagtail does.
    """
    identifier = (attrs or {}).get("id")
    if identifier is None:
        message = "BaseChooser cannot be rendered without an 'id' attribute"
        raise TypeError(message)
    data = self.get_value_data(value)
    if isinstance(self, AdminTaskChooser):
        beginning = marker("task", identifier)
    else:
        beginning = marker("chooser", self.js_constructor, identifier, self.get_js_init_options(identifier, name, data))
    return format_html("{}{}", self.render_html(name, data, attrs), beginning)
