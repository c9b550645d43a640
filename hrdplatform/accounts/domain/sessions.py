"""Ending sign-ins: when a password, a factor or a role changes, and when nobody used them."""

from __future__ import annotations

from datetime import datetime

from hrdplatform.accounts.models import Session, User
from hrdplatform.accounts.models.session import digest, living


def end_sessions(user: User, *, keep: str | None = None) -> int:
    """Ends every session of `user` but the one whose key is `keep`; answers how many.

    A request that is in flight in one of them cannot save it again: the store insists on the row.
    """
    sessions = Session.objects.filter(user=user)
    if keep:
        sessions = sessions.exclude(session_key=digest(keep))
    return sessions.delete()[0]


def sweep_sessions(*, at: datetime, limit: int = 1000) -> int:
    """Deletes rows of sessions that are over; answers how many. Their keys opened nothing since they were over."""
    keys = list(Session.objects.exclude(living(at)).values_list("pk", flat=True)[:limit])
    return Session.objects.filter(pk__in=keys).delete()[0]
