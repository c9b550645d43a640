"""Outcomes: a claimed notice is sent, tried again later or set aside; an operator then retries or drops it."""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from hrdplatform import audit

from .kinds import policy
from .models import Notice, State
from .models.notice import NoticeQuerySet

TRIES = 12
"""Tries before a notice is set aside: with the pauses below a little over a day."""

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


class NotParkedError(Exception):
    """The notice is not among those that were set aside, or is there no more."""


def pause_after(attempts: int) -> timedelta:
    """How long to wait after the n-th try: doubling from one minute to six hours."""
    return min(FIRST_PAUSE * (1 << min(max(attempts - 1, 0), 10)), LONGEST_PAUSE)


def sent(notice: Notice, *, at: datetime) -> None:
    """Note that `notice` went out. Its context, which may hold a link, is dropped; a constant kind leaves no row."""
    if policy(notice.kind).constant:
        _own(notice).delete()
        return
    _own(notice).update(state=State.SENT, sent_at=at, lease="", leased_until=None, failure="", context={})


def release(notice: Notice, *, at: datetime) -> None:
    """Give `notice` back untried: the mail server did not answer, which is not the notice's fault."""
    _wait(notice, due_at=notice.due_at, attempts=notice.attempts - 1, failure=notice.failure)


def failed(notice: Notice, *, at: datetime, error: Exception) -> None:
    """Note a failed try: again after a pause, or set aside after the last one or a refusal for good (SMTP 5xx)."""
    if notice.attempts >= TRIES or is_final(error):
        park(notice, at=at, failure=type(error).__name__)
        return
    _wait(notice, due_at=at + pause_after(notice.attempts), attempts=notice.attempts, failure=type(error).__name__)


def is_final(error: Exception) -> bool:
    """Whether the server will say the same next time: a 5xx answer (RFC 5321 4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def park(notice: Notice, *, at: datetime, failure: str) -> None:
    """Set `notice` aside where the office sees it, with a line in the record that names the kind and no address."""
    with transaction.atomic():
        changed = _own(notice).update(state=State.PARKED, lease="", leased_until=None, failure=failure)
        if changed:
            _record(audit.Event.NOTICE_PARKED, notice, actor="system", at=at, failure=failure)


def retry(notice: Notice, *, actor: str, at: datetime) -> None:
    """Let a parked notice wait again with all its tries. Raises `NotParkedError`."""
    with transaction.atomic():
        if not _wait_again(Notice.objects.filter(pk=notice.pk, state=State.PARKED)):
            raise NotParkedError
        _record(audit.Event.NOTICE_RETRIED, notice, actor=actor, at=at)


def drop(notice: Notice, *, actor: str, at: datetime) -> None:
    """Delete a parked notice; what waits behind it in its thread goes on. Raises `NotParkedError`."""
    with transaction.atomic():
        deleted, _rows = Notice.objects.filter(pk=notice.pk, state=State.PARKED).delete()
        if not deleted:
            raise NotParkedError
        _record(audit.Event.NOTICE_DROPPED, notice, actor=actor, at=at)


def _wait_again(parked: NoticeQuerySet) -> int:
    try:
        with transaction.atomic():
            return parked.update(state=State.WAITING, attempts=0, due_at=None, failure="")
    except IntegrityError:
        # A constant notice to the same person waits already and says the same.
        return parked.delete()[0]


def _own(notice: Notice) -> NoticeQuerySet:
    """The row, if this worker's lease on it still holds."""
    return Notice.objects.filter(pk=notice.pk, lease=notice.lease)


def _wait(notice: Notice, *, due_at: datetime | None, attempts: int, failure: str) -> None:
    try:
        with transaction.atomic():
            _own(notice).update(
                state=State.WAITING, due_at=due_at, attempts=attempts, failure=failure, lease="", leased_until=None
            )
    except IntegrityError:
        # A constant notice to the same person was written meanwhile and says the same.
        _own(notice).delete()


def _record(event: audit.Event, notice: Notice, *, actor: str, at: datetime, **facts: str) -> None:
    door = "aid" if policy(notice.kind).constant else ""
    audit.record(event, actor=actor, object=f"notice:{notice.pk}", at=at, door=door, kind=notice.kind, **facts)
