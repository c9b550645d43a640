"""Tags of pages to read: what a body holds, and how long something takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def holds(body: Iterable[Any], kinds: str) -> bool:
    """Whether a body has a block of one of `kinds`, separated by blanks."""
    wanted = kinds.split()
    return any(block.block_type in wanted for block in body)


@register.filter
def length_in_words(seconds: int) -> str:
    """Minutes, or seconds for what is shorter than a minute and a half."""
    if seconds < 90:
        return ngettext("%(number)s second", "%(number)s seconds", seconds) % {"number": seconds}
    minutes = round(seconds / 60)
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
