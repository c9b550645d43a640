"""Files of videos, pictures and documents that no row names any more: replaced, taken out, or left by a form or import
that failed at the last moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.core.files.storage import default_storage
from django.db.models import Model

from hrdplatform.media.models import PlatformDocument, PlatformImage, PlatformVideo, Track

NAMED: Final[Mapping[str, tuple[tuple[type[Model], str], ...]]] = {
    "videos": ((PlatformVideo, "file"), (PlatformVideo, "described"), (Track, "file")),
    "original_images": ((PlatformImage, "file"),),
    "documents": ((PlatformDocument, "file"),),
}
"""Folder -> the fields of rows that name its files."""
GRACE: Final = timedelta(hours=1)
"""A file is stored before its row: the transaction of the longest upload has ended by then."""


def sweep(*, at: datetime, limit: int = 25) -> int:
    """Deletes up to `limit` of them. Answers how many; idempotent."""
    done = 0
    for folder in NAMED:
        for path in left_in(folder):
            if done < limit and default_storage.get_modified_time(path) < at - GRACE:
                default_storage.delete(path)
                done += 1
    return done


def left_in(folder: str) -> list[str]:
    """The files of a folder that no row has, by name."""
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:  # nothing was ever sent
        return []
    kept: set[str] = set()
    for model, field in NAMED[folder]:
        kept |= set(model._default_manager.values_list(field, flat=True))  # noqa: SLF001  # Django's documented name
    return sorted(path for path in (f"{folder}/{name}" for name in names) if path not in kept)
