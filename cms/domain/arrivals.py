"""Folders that people send in: kept under no address until they were looked at and taken in, stopped, or a day is over.

What the worker does with them stands in `readings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy

from cms.domain.card_files import clear, files
from cms.models import SectionPage, SentFolder
from cms.states import Arrival
from hrdplatform.accounts.models import User
from hrdplatform.notices import wake
from hrdplatform.office.refusals import RefusedError
from hrdplatform.organisations.models import Organisation

WORK: Final = "cms.folders"
"""The name in the worker's table."""
FOLDER: Final = "sent"
KEPT: Final = (Arrival.WANTED, Arrival.LOOKED)
"""While the file is needed."""
LOOKED_AT: Final = 95
"""Per cent when all pictures passed and the pages are still to be made."""
LIFE: Final = timedelta(hours=24)
STORING: Final = timedelta(hours=1)
"""Far longer than it takes from a stored file to its row."""
MOST_KEPT: Final = 5


class TooManyError(RefusedError):
    """Somebody has sent several folders and ended none."""

    def __init__(self) -> None:
        super().__init__(
            _("%(most)s folders of yours lie here already. Take one in or stop it first."),
            code="too_many",
            params={"most": MOST_KEPT},
        )


def writable(user: Any) -> QuerySet[Organisation]:
    """The organisations in whose section `user` may write."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "add")
    sections = SectionPage.objects.filter(pk__in=pages.values("pk"))
    return Organisation.objects.filter(pk__in=sections.values("organisation"))


def seen_by(user: Any) -> QuerySet[SentFolder]:
    """What somebody sent to sections in which she still writes, the newest first. Nobody sees another's."""
    return SentFolder.objects.filter(by=user, organisation__in=writable(user)).order_by("-asked_at", "-pk")


def send(sent: UploadedFile[Any], *, organisation: Organisation, by: User, dry: bool, at: datetime) -> SentFolder:
    """Keeps the file and wants it read. Raises `TooManyError`."""
    if SentFolder.objects.filter(by=by, state__in=KEPT).count() >= MOST_KEPT:
        raise TooManyError
    row = SentFolder(organisation=organisation, by=by, name=sent.name or "", dry=dry, asked_at=at, turn_at=at)
    default_storage.save(file_of(row), sent)
    row.save()
    wake(WORK)
    return row


def take(row: SentFolder, *, at: datetime) -> bool:
    """Wants the folder taken in that was looked at: the same file, not chosen once more. Whether it was that far."""
    looked = SentFolder.objects.filter(pk=row.pk, state=Arrival.LOOKED)
    taken = looked.update(state=Arrival.WANTED, dry=False, done=LOOKED_AT, turn_at=at)
    wake(WORK)
    return bool(taken)


def stop(row: SentFolder, *, at: datetime) -> bool:
    """Ends it at once, also while the worker reads it; its file goes. Whether there was something to stop."""
    stopped = SentFolder.objects.filter(pk=row.pk, state__in=KEPT).update(state=Arrival.STOPPED, ended_at=at)
    if stopped:
        remove(row)
    return bool(stopped)


# what is stored


def file_of(row: SentFolder) -> str:
    """Where the file lies as it came. No address leads there."""
    return f"{FOLDER}/{row.place}/folder"


def remove(row: SentFolder) -> None:
    """Deletes what is stored of a folder."""
    remove_place(row.place)


def remove_place(place: str) -> None:
    """As `remove`, by the name of its place."""
    clear(f"{FOLDER}/{place}")
    with suppress(OSError):  # the worker may have put a picture there this moment; the sweep finds it
        default_storage.delete(f"{FOLDER}/{place}")


def sweep(*, at: datetime, limit: int = 1000) -> int:
    """Hourly: forgets what nobody asked about for a day, and deletes files that belong to nothing: of a worker that was
    killed, of people and organisations that are gone. How many places that were.
    """
    SentFolder.objects.exclude(state=Arrival.WANTED).filter(turn_at__lt=at - LIFE).delete()
    kept = set(SentFolder.objects.filter(state__in=KEPT).values_list("place", flat=True))
    gone = [place for place in files(FOLDER)[0] if place not in kept and is_old(place, at - STORING)][:limit]
    for place in gone:
        remove_place(place)
    return len(gone)


def is_old(place: str, moment: datetime) -> bool:
    """Whether nothing was stored there since a moment: what was stored just now may be on its way into its row."""
    names: Sequence[str] = files(f"{FOLDER}/{place}")[1]
    return all(default_storage.get_modified_time(f"{FOLDER}/{place}/{name}") < moment for name in names)
