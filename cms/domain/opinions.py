"""What readers say about a page. It is written once, by nobody in particular."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cms.models import Entry, Opinion


def tell(entry: Entry, *, useful: bool, words: str = "", at: datetime) -> Opinion:
    """Keeps one answer about a page with its day: no address, no hour, nothing that tells two answers' people apart.

    There is no way to change or take back an answer, since nobody could show that it is theirs.
    """
    return Opinion.objects.create(page_id=entry.page_id, on=timezone.localdate(at), useful=useful, words=words.strip())
