"""Chapters of a video as links: players of browsers have no list of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hrdplatform.media import captions
from hrdplatform.media.models import Track


@dataclass(frozen=True)
class Chapter:
    """Where a part of a video begins, in milliseconds, and what it is called."""

    begin: int
    title: str

    @property
    def fragment(self) -> str:
        """What follows the address of the video (Media Fragments URI 1.0, section 4.2.1).

        >>> Chapter(62500, "").fragment, Chapter(3600000, "").fragment
        ('t=62.5', 't=3600')
        """
        return f"t={Decimal(self.begin) / 1000:f}"

    @property
    def clock(self) -> str:
        """As players show it.

        >>> Chapter(62500, "").clock, Chapter(3600000, "").clock
        ('1:02', '1:00:00')
        """
        minutes, seconds = divmod(self.begin // 1000, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def track_for(tracks: Iterable[Track], *languages: str) -> Track | None:
    """The chapters in the first of `languages` that has them, else in any; none where there are none."""
    found = {track.language: track for track in tracks if track.kind == Track.Kind.CHAPTERS}
    known = [found[language] for language in languages if language in found]
    return next(iter([*known, *found.values()]), None)


def read(track: Track) -> tuple[Chapter, ...]:
    """The chapters of a track in their order; none where its file is gone."""
    try:
        with track.file.storage.open(str(track.file.name), "rb") as stream:
            cues = captions.cues(stream)
    except FileNotFoundError:
        return ()
    return tuple(Chapter(begin, re.sub(r"\s+", " ", words)) for begin, words in sorted(cues))
