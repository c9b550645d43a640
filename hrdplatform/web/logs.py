"""Logs: one JSON line an event, without personal data.

A line holds time, level, logger, the message's template and, from our own code, a few named facts. It never holds a
message's arguments, an exception's words, a request or an address: those quote what people typed. A message without
arguments may have been put together from such words, so it is kept from our own loggers only.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hrdplatform.conf import configuration

OWN = ("hrdplatform", "legal_aid", "consultations", "strategies", "cms")
Fact = str | int | float | bool | None | list[str]


def frames(failure: BaseException | None, limit: int = 8) -> list[str]:
    """Where an exception came from: `file:line function`, innermost last, at most `limit`; no values."""
    if failure is None or failure.__traceback__ is None:
        return []
    found = traceback.extract_tb(failure.__traceback__)[-limit:]
    return [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in found]


class JsonFormatter(logging.Formatter):
    """One JSON object a record, on one line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Fact | dict[str, Fact]] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        own = record.name.split(".")[0] in OWN
        if isinstance(record.msg, str) and (own or record.args):
            line["message"] = record.msg[:300]
        if own:
            line.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[1] is not None:
            line["class"] = type(record.exc_info[1]).__name__
            line["where"] = frames(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=lambda value: type(value).__name__)


def description(log: Path | None = configuration.log) -> dict[str, Any]:
    """The logging configuration for web, worker and commands: standard error, or the file `log`."""
    handler: dict[str, Any] = {"class": "logging.StreamHandler", "formatter": "json"}
    if log is not None:
        handler = {"class": "logging.handlers.WatchedFileHandler", "filename": str(log), "formatter": "json"}
    silent: dict[str, Any] = {"level": "CRITICAL", "propagate": False, "handlers": []}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "hrdplatform.web.logs.JsonFormatter"}},
        "handlers": {"lines": handler},
        "root": {"level": "WARNING", "handlers": ["lines"]},
        "loggers": {
            **{name: {"level": "INFO"} for name in OWN},
            "django": {"level": "WARNING", "propagate": True, "handlers": []},
            # Their lines name the address asked for; failures have their own line from `views.errors.broken`.
            "django.request": silent,
            "django.server": silent,
            "gunicorn.access": silent,
            # Its news are patterns without their values.
            "gunicorn.error": {"level": "WARNING", "propagate": True, "handlers": []},
            "celery": {"level": "INFO", "propagate": True, "handlers": []},
        },
    }
