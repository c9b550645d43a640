"""Which film a folder means by a title: titles are not unique, and a page may show a film of another shelf."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Collection

from cms.domain.bodies import Raw
from cms.folders.errors import Place
from cms.folders.values import unknown
from hrdplatform.media.models import PlatformVideo


class Films:
    """The videos of one shelf, by title."""

    def __init__(self, shelf: Collection) -> None:
        self.titles: dict[str, list[int]] = defaultdict(list)
        videos = PlatformVideo.objects.filter(collection__path__startswith=shelf.path).order_by("pk")
        for title, key in videos.values_list("title", "pk"):
            self.titles[title].append(key)

    def meant(self, named: Sequence[tuple[str, Place]], before: Raw) -> list[int]:
        """The video of each title that a page names, in order; one that is not known or not clear is said and left out.

        `before` is the page as it stands: what it shows already is meant first, whosever it is.
        """
        shown = _shown(before)
        asked = Counter(title for title, _place in named)
        seen: Counter[str] = Counter()
        found = []
        for title, place in named:
            key = self._one(title, shown[title], seen[title], asked[title])
            seen[title] += 1
            if key is not None:
                found.append(key)
            elif shown[title] or title in self.titles:
                words = _("Several videos are called “%(title)s”. Give the one that is meant a title of its own.")
                place.say(words % {"title": title})
            else:
                place.say(unknown(title, self.titles))
        return found

    def _one(self, title: str, shown: list[int], number: int, asked: int) -> int | None:
        """The video that is meant the `number`th of the `asked` times that a page names a title."""
        if asked == len(shown):
            return shown[number]
        several = set(shown) if shown and asked < len(shown) else {*shown, *self.titles.get(title, [])}
        return several.pop() if len(several) == 1 else None


def _shown(raw: Raw) -> dict[str, list[int]]:
    """The videos that a body shows, in order, by title."""
    keys: list[Any] = [block["value"].get("video") for block in raw if block["type"] == "video"]
    titles = dict(PlatformVideo.objects.filter(pk__in=keys).values_list("pk", "title")) if keys else {}
    shown: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        if key in titles:
            shown[titles[key]].append(key)
    return shown
