"""Slots: named places in templates that a room above may fill without being imported from below.

A room registers a renderer in its `AppConfig.ready`; a template writes `{% slot "home.panels" page %}`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

Renderer = Callable[..., SafeString]


@dataclass(frozen=True, order=True)
class _Filling:
    order: int
    name: str
    renderer: Renderer


_fillings: dict[str, dict[str, _Filling]] = defaultdict(dict)


def register(slot: str, name: str, renderer: Renderer, *, order: int = 50) -> None:
    """Fills `slot` with `renderer(request, *objects)`, which answers safe HTML; a second call with the same `name`
    replaces the first. Lower `order` stands first.
    """
    _fillings[slot][name] = _Filling(order, name, renderer)


def register_template(slot: str, template: str, *, order: int = 50) -> None:
    """Fills `slot` with a template that sees `request` and `objects`."""

    def renderer(request: HttpRequest | None, *objects: object) -> SafeString:
        return render_to_string(template, {"objects": objects}, request)

    register(slot, template, renderer, order=order)


def render(slot: str, request: HttpRequest | None, *objects: object) -> SafeString:
    """All that was registered for `slot`, in order; empty where nobody registered."""
    fillings = sorted(_fillings[slot].values(), key=lambda filling: (filling.order, filling.name))
    return mark_safe("".join(filling.renderer(request, *objects) for filling in fillings))  # noqa: S308 - renderers answer safe HTML
