"""The session engine: rows of `accounts.Session`, found by the digest of the key that only the browser holds.

A session ends after 30 minutes without a request and after 12 hours in any case (OWASP ASVS 5.0, V7.3). Times
come from `hrdplatform.web.clock`. Whoever ends sessions deletes rows; a request that was in flight then cannot
bring its session back, because saving insists on the row.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import DatabaseError, IntegrityError, transaction

from hrdplatform.accounts.models import Session
from hrdplatform.accounts.models.session import ABSOLUTE, IDLE, digest, living
from hrdplatform.web import clock

STARTED = "_started_at"
"""Where a session carries the moment of its start, through every change of its key. ISO 8601."""

RENEW_AFTER = timedelta(minutes=1)
"""How old the note of the last request may grow before it is written anew: no write for every click."""


class SessionStore(SessionBase):
    """What `request.session` is."""

    ends_at: datetime
    """When a session that was loaded ends, if no more is asked of it."""

    def load(self) -> dict[str, Any]:
        """The data of a living session; an empty one for an unknown, idle or too old key."""
        now = clock.now()
        row = Session.objects.filter(living(now), session_key=digest(self.session_key or "")).first()
        if row is None:
            self._session_key = None
            return {}
        self.ends_at = min(row.expire_date, row.started_at + ABSOLUTE)
        if row.expire_date < now + IDLE - RENEW_AFTER:
            self.modified = True
        return dict(self.decode(row.session_data))

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=digest(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # not in the stubs
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Writes the row. Raises `CreateError` for a taken key and `UpdateError` for a session that was ended."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # not in the stubs
        row = self._row(data)
        try:
            with transaction.atomic():
                row.save(force_insert=must_create, force_update=not must_create)
        except IntegrityError as error:
            if must_create:
                raise CreateError from error
            raise
        except DatabaseError as error:
            if not must_create:
                raise UpdateError from error
            raise

    def _row(self, data: dict[str, Any]) -> Session:
        now = clock.now()
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]  # not in the stubs
        started = data.setdefault(STARTED, now.isoformat())
        return Session(
            session_key=digest(key),
            session_data=self.encode(data),
            expire_date=now + IDLE,
            started_at=datetime.fromisoformat(started),
            user_id=data.get(SESSION_KEY),
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=digest(key)).delete()
