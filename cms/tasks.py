"""Due work of the front hall, for the worker's table."""

from __future__ import annotations

from cms.domain.schedule import publish_due

__all__ = ["publish_due"]
