"""A sign-in that is under way. The row names its key by digest only, so that a dump opens no session."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from hrdplatform.accounts.models.user import User

if TYPE_CHECKING:
    from hrdplatform.accounts.sessions import SessionStore

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
LEEWAY = timedelta(minutes=10)
"""How far the clocks of two machines may lie apart."""


def digest(key: str) -> str:
    """64 hex digits that stand for a session key in the database.

    The key has 165 random bits, so that a plain SHA-256 cannot be turned round.
    """
    return hashlib.sha256(b"hrdplatform/session\0" + key.encode()).hexdigest()


def living(at: datetime) -> models.Q:
    """Which sessions live at `at`. One that ends later than any could was used before the clock was put back."""
    return models.Q(expire_date__gt=at, expire_date__lte=at + IDLE + LEEWAY, started_at__gt=at - ABSOLUTE)


class Session(AbstractBaseSession):
    """One browser that somebody signed in with; ends after 30 idle minutes, after 12 hours, or by a verb."""

    session_key = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["expire_date"], name="session_expire_date")]

    def __str__(self) -> str:
        return f"session of user {self.user_id}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        from hrdplatform.accounts.sessions import SessionStore  # noqa: PLC0415 - the store reads this model

        return SessionStore
