"""Notices: the outbox of mails, and the turns of the worker that sends them and does all other due work.

Other rooms write `notices.queue(Kind.X, to=…, language=…, context=…)` inside their verb, and `notices.wake(name)` when
they add due work of another kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .kinds import Kind
from .waking import wake

__all__ = ["Kind", "queue", "wake", "worker_seen"]


def queue(  # noqa: PLR0913  # the parts of a letter
    kind: Kind,
    *,
    to: str,
    language: str,
    context: Mapping[str, Any],
    due_at: datetime | None = None,
    thread: str = "",
) -> None:
    """Write one notice in the current transaction; see `hrdplatform.notices.outbox.queue`."""
    from .outbox import queue as write  # noqa: PLC0415  # models load after the apps are ready

    write(kind, to=to, language=language, context=context, due_at=due_at, thread=thread)


def worker_seen() -> datetime | None:
    """When the worker last gave a sign of life; null if it never ran. For `/health/ready` and the doctor."""
    from .turns import last_heartbeat  # noqa: PLC0415  # as above

    return last_heartbeat()
