"""Sending: the worker claims one due notice after the other, sends it, and notes what became of it.

Each notice is claimed with a lease in a transaction of its own, sent outside any transaction, and noted in a second
one. A worker that dies in between leaves a lease that ends by itself; the mail then goes out again under the same
message id.
"""

from __future__ import annotations

import logging
import secrets
import smtplib
from datetime import datetime, timedelta
from time import monotonic

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import F

from . import outcomes
from .letters import letter
from .models import Notice, State
from .models.notice import LEASE

logger = logging.getLogger(__name__)


class Unreachable(Exception):  # noqa: N818  # a state of the world, not an error of the notice
    """The mail server does not answer: no notice is to blame, and all wait."""


def pending(at: datetime) -> bool:
    """Whether a notice is due; one look into an index."""
    return Notice.objects.claimable(at).exists()


def send_due(*, at: datetime, limit: int = 100) -> int:
    """Send up to `limit` due notices and return how many went out. Two workers never send the same one.

    A mail server that is down costs no notice one of its tries: the round ends, and all stay as they were.
    """
    sent, began = 0, monotonic()
    mailer = get_connection()
    try:
        for _round in range(limit):
            now = at + timedelta(seconds=monotonic() - began)
            notice = claim(at=now)
            if notice is None:
                break
            sent += _send(notice, mailer, at=now)
    except Unreachable:
        logger.warning("mail_server_unreachable")
    finally:
        _close(mailer)
    return sent


def claim(*, at: datetime) -> Notice | None:
    """Take the lease on the next due notice, or null. It counts as a try: what kills its worker is parked as well."""
    with transaction.atomic():
        due = Notice.objects.claimable(at).order_by(F("due_at").asc(nulls_first=True), "id")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True, of=("self",))
        notice = due.first()
        if notice is None:
            return None
        notice.state, notice.lease = State.SENDING, secrets.token_hex(16)
        notice.leased_until, notice.attempts = at + LEASE, notice.attempts + 1
        notice.save(update_fields=["state", "lease", "leased_until", "attempts"])
    return notice


def _send(notice: Notice, mailer: BaseEmailBackend, *, at: datetime) -> int:
    if notice.attempts > outcomes.TRIES:
        outcomes.park(notice, at=at, failure=notice.failure or "WorkerDied")
        return 0
    try:
        message = letter(notice)
    except Exception as error:  # noqa: BLE001  # whatever a template raises is this notice's fault; noted, and shown
        outcomes.park(notice, at=at, failure=type(error).__name__)
        return 0
    message.connection = mailer
    try:
        _open(mailer)
        message.send()
    except Unreachable:
        outcomes.release(notice, at=at)
        raise
    except (smtplib.SMTPException, OSError) as error:
        _close(mailer)
        outcomes.failed(notice, at=at, error=error)
        return 0
    outcomes.sent(notice, at=at)
    return 1


def _open(mailer: BaseEmailBackend) -> None:
    """Connect, or keep the connection. Raises `Unreachable`."""
    try:
        mailer.open()
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(type(error).__name__) from error


def _close(mailer: BaseEmailBackend) -> None:
    try:
        mailer.close()
    except (smtplib.SMTPException, OSError) as error:
        logger.info("mail_connection_lost", extra={"facts": {"failure": type(error).__name__}})
