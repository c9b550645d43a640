"""Tags of pages to read: what a body holds, how long something takes, and where the parts of a film begin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import ngettext

from cms.domain.catalogue import ROOM
from hrdplatform.media.chapters import read, track_for
from hrdplatform.media.models import Track
from hrdplatform.web import generations

register = template.Library()


@register.filter
def holds(body: Iterable[Any] | None, kinds: str) -> bool:
    """Whether a body has a block of one of `kinds`, separated by blanks. A page without a body has none."""
    wanted = kinds.split()
    return any(block.block_type in wanted for block in body or ())


@register.simple_tag
def chapters(tracks: Iterable[Track], reader: str, spoken: str) -> dict[str, object]:
    """The chapters of a film for a reader of one language, with the language that they are in; empty without any."""
    track = track_for(tracks, reader, spoken)
    if track is None:
        return {}
    found = generations.remembered(ROOM, f"chapters.{track.pk}", lambda: read(track))
    return {"language": track.language, "list": found} if found else {}


@register.filter
def length_in_words(seconds: int) -> str:
    """Minutes, or seconds for what is shorter than a minute and a half."""
    if seconds < 90:
        return ngettext("%(number)s second", "%(number)s seconds", seconds) % {"number": seconds}
    minutes = round(seconds / 60)
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
