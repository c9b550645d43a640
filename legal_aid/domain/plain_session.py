"""The visit of somebody without scripts: what the cookie opens, for 30 minutes after the last page.

The row alone says nothing, the cookie alone says nothing. Words of a receipt are in neither. sealing.md 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from hrdplatform.sealing import sessions
from hrdplatform.sealing.bodies import MOST_ATTACHMENTS, Attachment
from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.files import digest as file_digest
from hrdplatform.sealing.sessions import DraftSession, ReceiptSession, SessionCookie
from hrdplatform.sealing.stored import Defender
from legal_aid.models import FormNumber, PlainSession, Upload
from legal_aid.models.plain_session import spent

from . import uploads
from .uploads import Owner

IDLE = timedelta(minutes=30)
COARSE = timedelta(minutes=10)
LONGEST = IDLE + 2 * COARSE
"""What ends later than this was noted before the clock was put back, and is over."""


class NoSessionError(Exception):
    """No case is open in this visit: the cookie is missing, another's, or too old."""


class FormSpentError(Exception):
    """What this form made is there, and its words are confirmed: sent again, it makes nothing."""


@dataclass(frozen=True)
class Visit:
    """What one browser holds. `id` is the row's key, `secret` 32 bytes that never reach the database."""

    cookie: SessionCookie

    @classmethod
    def begin(cls) -> Visit:
        """A new visit; nothing is stored until something has to be."""
        return cls(SessionCookie.fresh())

    @classmethod
    def read(cls, text: str) -> Visit | None:
        """The visit of a cookie, or None for anything that is no cookie of ours."""
        try:
            return cls(SessionCookie.read(text))
        except SealingError:
            return None

    @property
    def text(self) -> str:
        return self.cookie.text

    @property
    def id(self) -> str:
        return self.cookie.row.hex()

    @property
    def secret(self) -> bytes:
        return self.cookie.key

    @property
    def owner(self) -> Owner:
        """The owner of the files that this visit brings."""
        return Owner(key=self.id)


@dataclass(frozen=True)
class Opened:
    """An opened case: the defender's two seeds, for as long as one request is answered."""

    case: str
    defender: Defender = field(repr=False)


def open_case(visit: Visit, session: Opened, *, at: datetime) -> None:
    """Keep the keys of a case that was just opened; the draft is over."""
    kept = ReceiptSession(session.case, (), session.defender.kem_seed, session.defender.sig_seed)
    PlainSession.objects.update_or_create(
        pk=visit.id,
        defaults={
            "case_id": session.case,
            "sealed": sessions.seal_session(visit.cookie, kept),
            "draft": b"",
            "expires_at": _expiry(at),
        },
    )


def opened(visit: Visit | None, *, at: datetime) -> Opened:
    """The open case of a visit, kept alive for another 30 minutes. Raises `NoSessionError`."""
    row = _row(visit, at=at)
    if visit is None or row is None or not row.sealed:
        raise NoSessionError
    try:
        found = sessions.open_session(visit.cookie, bytes(row.sealed))
    except SealingError as error:
        raise NoSessionError from error
    _touch(row, at=at)
    return Opened(found.case, Defender(found.kem, found.sig))


def draft(visit: Visit | None, *, at: datetime) -> tuple[Attachment, ...]:
    """The files that were sealed in this visit and are in no message yet."""
    row = _row(visit, at=at)
    return () if visit is None or row is None else _draft_of(visit, row)


def add_files(visit: Visit, files: Sequence[Attachment], *, at: datetime) -> list[Attachment]:
    """Add sealed files to the draft as it stands now, whatever another tab did meanwhile; their blobs live as long.

    Returns those beyond the most that one message may carry: they are given up, bytes and all.
    """
    with transaction.atomic():
        row = _lock(visit, at=at)
        standing = _draft_of(visit, row)
        fitting = list(files)[: MOST_ATTACHMENTS - len(standing)]
        _set_draft(visit, row, [*standing, *fitting], at=at)
        beyond = list(files)[len(fitting) :]
        uploads.delete([upload.pk for upload in uploads_of(visit, beyond).values()])
    return beyond


def drop_file(visit: Visit, digest: str, *, at: datetime) -> None:
    """Give up one sealed file of the draft, its bytes too."""
    with transaction.atomic():
        row = _lock(visit, at=at)
        standing = _draft_of(visit, row)
        dropped = uploads_of(visit, [one for one in standing if one.digest == digest])
        uploads.delete([upload.pk for upload in dropped.values()])
        _set_draft(visit, row, [one for one in standing if one.digest != digest], at=at)


def take_sent(visit: Visit, sent: Sequence[Attachment], *, at: datetime) -> None:
    """Take files off the draft that a message carried away; what another tab added meanwhile stays."""
    gone = {one.digest for one in sent}
    with transaction.atomic():
        row = _lock(visit, at=at)
        _set_draft(visit, row, [one for one in _draft_of(visit, row) if one.digest not in gone], at=at)


def uploads_of(visit: Visit, files: Sequence[Attachment]) -> dict[str, Upload]:
    """The unclaimed uploads behind files of the draft, by digest; a file whose upload died is left out."""
    wanted = {one.digest for one in files}
    found: dict[str, Upload] = {}
    for upload in visit.owner.uploads() if wanted else ():
        try:
            digest = file_digest(upload.sealed, uploads.stored_hashes(upload))
        except uploads.ClaimRefusedError:
            continue
        if digest in wanted:
            found[digest] = upload
    return found


def end(visit: Visit) -> None:
    """End a visit at once: keys and unsent files are gone."""
    with transaction.atomic():
        uploads.delete(list(visit.owner.uploads().values_list("pk", flat=True)))
        PlainSession.objects.filter(pk=visit.id).delete()


def renew(visit: Visit, *, form: str, at: datetime) -> Visit:
    """Move an open case to a new cookie, so that nothing can be drawn from the old one any more, nor from the new one:
    the form that made the confirmed receipt is spent.
    """
    session = opened(visit, at=at)
    new = Visit.begin()
    with transaction.atomic():
        FormNumber.objects.get_or_create(number=spent(form), defaults={"case_id": session.case})
        open_case(new, session, at=at)
        end(visit)
    return new


def check_form(number: str) -> None:
    """Raise `FormSpentError` if a browser sends a form once more whose words were confirmed."""
    if FormNumber.objects.filter(number=spent(number)).exists():
        raise FormSpentError


def remove_idle(*, at: datetime, limit: int = 100) -> int:
    """Remove visits that were idle too long, with the files that they did not send."""
    with transaction.atomic():
        over = Q(expires_at__lte=at) | Q(expires_at__gt=at + LONGEST)
        ids = list(PlainSession.objects.filter(over).values_list("pk", flat=True)[:limit])
        uploads.delete(list(Upload.objects.filter(owner__in=ids, digest="").values_list("pk", flat=True)))
        PlainSession.objects.filter(pk__in=ids).delete()
    return len(ids)


def _row(visit: Visit | None, *, at: datetime) -> PlainSession | None:
    living = PlainSession.objects.filter(expires_at__gt=at, expires_at__lte=at + LONGEST)
    return living.filter(pk=visit.id).first() if visit else None


def _lock(visit: Visit, *, at: datetime) -> PlainSession:
    """The visit's row, made if there is none, locked until the transaction ends. One that was idle too long is over:
    nothing of it comes back.
    """
    PlainSession.objects.get_or_create(pk=visit.id, defaults={"expires_at": _expiry(at)})
    row = PlainSession.objects.select_for_update().get(pk=visit.id)
    if not at < row.expires_at <= at + LONGEST:
        row.case, row.sealed, row.draft = None, b"", b""
    return row


def _draft_of(visit: Visit, row: PlainSession) -> tuple[Attachment, ...]:
    try:
        return sessions.open_draft(visit.cookie, bytes(row.draft)).attachments if row.draft else ()
    except SealingError:
        return ()


def _set_draft(visit: Visit, row: PlainSession, files: Sequence[Attachment], *, at: datetime) -> None:
    row.draft = sessions.seal_draft(visit.cookie, DraftSession(tuple(files)))
    row.expires_at = _expiry(at)
    row.save(update_fields=["case", "sealed", "draft", "expires_at"])


def _touch(row: PlainSession, *, at: datetime) -> None:
    expiry = _expiry(at)
    if row.expires_at != expiry:
        PlainSession.objects.filter(pk=row.pk).update(expires_at=expiry)


def _expiry(at: datetime) -> datetime:
    """30 minutes from now, rounded up to ten: the row does not tell the minute of the last page."""
    seconds = COARSE.total_seconds()
    return datetime.fromtimestamp(-(-(at + IDLE).timestamp() // seconds) * seconds, tz=at.tzinfo)
