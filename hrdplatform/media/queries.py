"""Is a file shown to the public? It is, exactly as long as something live refers to it.

The answer comes from Wagtail's reference index, which follows what is saved in a page's own row (the published
content), never its drafts; in a page that was never published the row is a draft, hence the question for `live`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, ReferenceIndex

from hrdplatform.media.models import PlatformVideo

Shown = Callable[[Iterable[str]], bool]

_showers: dict[type[models.Model], Shown] = {}


def register_shower(model: type[models.Model], shown: Shown) -> None:
    """Lets objects of `model` make their files public: `shown(keys)` says whether one of the keys is itself public."""
    _showers[model] = shown


def pages_live(keys: Iterable[str]) -> bool:
    """Whether one of these pages is live and behind no restriction."""
    return bool(Page.objects.live().public().filter(pk__in=[int(key) for key in keys]).exists())


register_shower(Page, pages_live)


def videos_live(keys: Iterable[str]) -> bool:
    """Whether one of these videos, whose still picture it may be, is public."""
    return any(is_public(video) for video in PlatformVideo.objects.filter(pk__in=[int(key) for key in keys]))


register_shower(PlatformVideo, videos_live)


def is_public(item: models.Model) -> bool:
    """Whether a live object refers to this file. Kinds of object that nobody registered never make a file public."""
    references = (
        ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(item), to_object_id=str(item.pk)
        )
        .values_list("base_content_type", "object_id")
        .distinct()
    )
    keys: dict[int, list[str]] = {}
    for content_type, key in references:
        keys.setdefault(content_type, []).append(key)
    return any(
        shown(keys[kind.pk])
        for model, shown in _showers.items()
        if (kind := ContentType.objects.get_for_model(model)).pk in keys
    )
