"""Logs: one JSON line an event, without personal data."""

from __future__ import annotations

import logging.config
from typing import Any


def configure(_settings: dict[str, Any]) -> None:
    """Called by Django as LOGGING_CONFIG."""
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False})
