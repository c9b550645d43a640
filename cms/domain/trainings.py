"""Trainings as the calendar has them: by day, and as entries of people's own calendars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from cms.models import Entry
from cms.states import Format
from hrdplatform.calendars.files import Happening


def known() -> QuerySet[Entry]:
    """Live trainings with what a calendar shows: `cancelled`, `place`, `registration` and their `key`."""
    return (
        Entry.objects.filter(format=Format.TRAINING)
        .select_related("organisation")
        .annotate(
            cancelled=F("page__trainingpage__cancelled"),
            place=F("page__trainingpage__place"),
            registration=F("page__trainingpage__registration"),
            key=F("page__translation_key"),
        )
        .order_by("starts_at", "pk")
    )


def between(language: str, first: datetime, after: datetime) -> list[Entry]:
    """What takes place in `language` from `first` until `after`; one query."""
    return list(known().filter(language=language, starts_at__lt=after, ends_at__gt=first))


def since(language: str, at: datetime) -> list[Entry]:
    """What ends in `language` after `at`; one query."""
    return list(known().filter(language=language, ends_at__gt=at))


def at(address: str) -> Entry | None:
    """The training whose page has this address."""
    return known().filter(address=address).first()


def days_of(entry: Entry) -> list[date]:
    """The days on which a training takes place, in Luxembourg. One that ends at midnight ends the day before."""
    if entry.starts_at is None or entry.ends_at is None:
        return []
    first = timezone.localdate(entry.starts_at)
    last = timezone.localdate(entry.ends_at - timedelta(microseconds=1))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def happenings(entries: Iterable[Any], origin: str) -> list[Happening]:
    """Entries for calendar files. A training has one UID in all languages; each publication raises its sequence."""
    return [
        Happening(
            uid=str(entry.key),
            sequence=max(0, int((entry.changed_at - entry.published_at).total_seconds())),
            title=entry.title,
            starts_at=entry.starts_at,
            ends_at=entry.ends_at,
            changed_at=entry.changed_at,
            address=f"{origin}{entry.address}",
            description="\n".join(text for text in (entry.lead, entry.registration) if text),
            place=entry.place,
            cancelled=entry.cancelled,
        )
        for entry in entries
    ]
