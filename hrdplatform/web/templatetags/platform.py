"""Tags that every template may use without loading them: parts of the face, slots, and addresses on other doors."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hrdplatform.web import doors, languages, leaving, light, slots

register = template.Library()

SIGNS = {"info": "info", "ok": "check", "warn": "warn", "danger": "danger", "seal": "seal", "wait": "clock"}
TONES = {"success": "ok", "warning": "warn", "error": "danger", "debug": "info"}


def asked(context: template.Context) -> HttpRequest | None:
    """The request of a template's context, where there is one."""
    request = context.get("request")
    return request if isinstance(request, HttpRequest) else None


@register.simple_tag
@cache
def icon(name: str, *, flip: bool = False, big: bool = False) -> SafeString:
    """A sign of `icons.svg`, hidden from screen readers: it always stands beside a word."""
    classes = f"icon{' big' if big else ''}{' flip' if flip else ''}"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static("web/icons.svg"), name
    )


@register.simple_tag
def status(tone: str, word: str) -> SafeString:
    """A state as a word with its shape; `tone` is ok, wait, warn, danger, or empty for announced."""
    return format_html('<span class="status{}">{}</span>', f" is-{tone}" if tone else "", word)


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, *objects: object) -> SafeString:
    """What rooms above put into this place. Empty on error pages, which must not ask the database."""
    if context.get("plain_error"):
        return SafeString("")
    return slots.render(name, asked(context), *objects)


@register.simple_tag
def leave_address() -> str:
    """Where the quick exit leads. Put together by hand: it must stand on the error page of a broken address table."""
    return f"/{get_language() or languages.DEFAULT}/{leaving.ADDRESS}"


@register.simple_tag(takes_context=True)
def light_address(context: template.Context) -> str:
    """This page without pictures and scripts or, from there, with them."""
    request = asked(context)
    return light.other_address(request) if request is not None else ""


@register.simple_tag(takes_context=True)
def door_url(context: template.Context, door: str, name: str, *args: object, **kwargs: object) -> str:
    """The address of a URL name on another door."""
    return doors.door_url(door, name, *args, request=asked(context), **kwargs)


@register.inclusion_tag("web/parts/languages.html", takes_context=True, name="languages")
def languages_menu(context: template.Context) -> dict[str, Any]:
    """The language menu: links where the address carries the language, a form where it does not (but on error pages,
    which can make no token for a form).
    """
    request = asked(context)
    choices = languages.choices(request) if request else []
    if context.get("plain_error"):
        choices = [choice for choice in choices if choice.href]
    current = next((choice for choice in choices if choice.current), choices[0] if choices else None)
    return {"choices": choices, "current": current, "request": request, "csrf_token": context.get("csrf_token")}


@register.simple_block_tag
def notice(content: SafeString, tone: str = "info", *, role: str = "") -> SafeString:
    """A block with a sign: tone info, ok, warn, danger, seal (or a level of Django's messages)."""
    tone = TONES.get(tone, tone)
    return render_to_string(
        "web/parts/notice.html", {"tone": tone, "sign": SIGNS.get(tone, "info"), "role": role, "body": content}
    )


@register.simple_block_tag
def menu(content: SafeString, label: str) -> SafeString:
    """Navigation that is always open; its body is list items. Nothing at all where there are none."""
    if not content.strip():
        return SafeString("")
    return format_html('<nav class="nav always" aria-label="{}"><ul role="list">{}</ul></nav>', label, content)


@register.simple_block_tag
def dialog(content: SafeString, id: str, title: str, *, opened: bool = False) -> SafeString:  # noqa: A002 - HTML's word
    """A question before something is lost; its body repeats what goes and holds the buttons."""
    return render_to_string("web/parts/dialog.html", {"id": id, "title": title, "opened": opened, "body": content})


@register.simple_block_tag
def empty(content: SafeString, title: str) -> SafeString:
    """A list without entries: says what is not there, and what will appear."""
    return render_to_string("web/parts/empty.html", {"title": title, "body": content})


@register.inclusion_tag("web/parts/steps.html")
def steps(current: int, *names: str) -> dict[str, Any]:
    """Progress through a form: `current` counts from 1."""
    return {
        "steps": [
            {"name": name, "done": number < current, "current": number == current}
            for number, name in enumerate(names, start=1)
        ]
    }


@register.inclusion_tag("web/parts/pages.html", takes_context=True)
def pages(context: template.Context, page: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """Links through a paginated list that keep the address's other query parameters."""
    request = asked(context)
    query = request.GET.copy() if request else None

    def href(number: int | str) -> str:
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    def link(number: int | str) -> dict[str, Any]:
        target = href(number) if isinstance(number, int) else ""
        return {"number": number, "href": target, "current": number == page.number}

    numbers: Iterable[int | str] = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "links": [link(number) for number in numbers],
        "back": href(page.previous_page_number()) if page.has_previous() else "",
        "onward": href(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField, *, css: str = "", optional: bool | None = None) -> dict[str, Any]:
    """A form field with label, hint (its help text), errors and control, tied together for screen readers.

    `css` goes to the control (`short`, for instance); `optional` overrides the word beside the label, which by default
    stands at fields that are not required.
    """
    widget = bound.field.widget
    id_ = bound.auto_id or bound.html_name
    group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    tick = isinstance(widget, CheckboxInput)
    parts = [f"{id_}-hint"] if bound.help_text else []
    parts += [f"{id_}-error"] if bound.errors else []
    described = " ".join(parts)
    attributes: dict[str, Any] = {"class": css} if css else {}
    if described:
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": "" if group else bound.as_widget(attrs=attributes),
        "id": id_,
        "label": bound.label,
        "hint": bound.help_text,
        "errors": bound.errors,
        "described": described,
        "group": group,
        "tick": tick,
        "optional": (not bound.field.required and not tick) if optional is None else optional,
    }


@register.inclusion_tag("web/parts/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """The summary above a form: one link for every error, in the order of the fields."""
    lines = [{"href": "", "text": text} for text in form.non_field_errors()]
    for bound in form:
        lines += [{"href": f"#{bound.auto_id or bound.html_name}", "text": text} for text in bound.errors]
    return {"lines": lines}
