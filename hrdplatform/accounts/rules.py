"""Who may, as far as accounts know: whether the second factor was shown, and how long ago."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

FACTOR_AT = "factor_at"
"""Where a session notes when the second factor was last shown. ISO 8601."""


def factor_is_fresh(session: Mapping[str, Any] | Any, at: datetime, minutes: int = 5) -> bool:
    """Whether the second factor was shown within the last `minutes` (ASVS 5.0, 7.5.3).

    Asked before exports, reassignments, key changes, and changes of one's own factors.
    """
    shown = session.get(FACTOR_AT)
    if not isinstance(shown, str):
        return False
    return timedelta() <= at - datetime.fromisoformat(shown) <= timedelta(minutes=minutes)


def is_verified(user: Any) -> bool:
    """Whether this person signed in and showed the second factor in this session."""
    return bool(user.is_authenticated and user.is_active and user.is_verified())
