"""Wagtail's search in the database, with stems on PostgreSQL: each page indexed by the rules of its own language.

What is asked goes by the rules of the reader's language, or fits exactly (accents aside): so a word is found in pages
of every language, and its other forms in those of the reader's. SQLite's search knows no stems, and drops accents
itself.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from modelsearch.backends import database


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  # the name that Wagtail looks for
    """The backend for this database."""
    if connection.vendor == "postgresql":
        from cms.search.stems import StemmingBackend  # noqa: PLC0415  # its ground cannot be imported on SQLite

        return StemmingBackend(params)
    return database.SearchBackend(params)
