"""What the worker does for accounts: answers to reset requests, and rows that are over."""

from __future__ import annotations

from datetime import datetime

from hrdplatform.accounts.domain.passkeys import sweep_challenges
from hrdplatform.accounts.domain.passwords import answer_resets
from hrdplatform.accounts.domain.sessions import sweep_sessions


def send_resets(*, at: datetime, limit: int = 100) -> int:
    """Answers who asked for a new password."""
    return answer_resets(at=at, limit=limit)


def sweep(*, at: datetime, limit: int = 1000) -> int:
    """Deletes sessions that are over and questions that nobody answered."""
    return sweep_sessions(at=at, limit=limit) + sweep_challenges(at=at, limit=limit)
