"""Files of videos that no row names any more: replaced, taken out, or left by a form that failed at the last moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core.files.storage import default_storage
from django.db.models import Q

from hrdplatform.media.models import PlatformVideo, Track

FOLDER: Final = "videos"
GRACE: Final = timedelta(hours=1)
"""A file is stored before its row: the transaction of the longest upload has ended by then."""


def sweep(*, at: datetime, limit: int = 25) -> int:
    """Deletes up to `limit` of them. Answers how many; idempotent."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # no video was ever sent
        return 0
    done = 0
    for name in sorted(names):
        path = f"{FOLDER}/{name}"
        if done < limit and not is_named(path) and default_storage.get_modified_time(path) < at - GRACE:
            default_storage.delete(path)
            done += 1
    return done


def is_named(path: str) -> bool:
    """Whether a row has this file."""
    videos = PlatformVideo.objects.filter(Q(file=path) | Q(described=path))
    return videos.exists() or Track.objects.filter(file=path).exists()
