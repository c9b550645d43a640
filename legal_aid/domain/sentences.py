"""Sentences to the database that every sealed request needs, worded once in a process.

PostgreSQL takes the values beside the sentence, bytes as bytes; Django's own cursor writes each value into the sentence
as text. Nothing is prepared on a connection, so that a pooler may stand between the house and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import psycopg
from django.db import connection


@contextmanager
def executed(sentence: str, values: Sequence[Any]) -> Iterator[Any]:
    """A cursor that has executed `sentence`, one `%s` for each value and no other per cent sign."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sentence, values)
            yield cursor
        return
    connection.ensure_connection()
    with connection.wrap_database_errors:
        bare: Any = psycopg.RawCursor(connection.connection)
        wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
        with wrapped(bare) as cursor:
            cursor.execute(_numbered(sentence), values)
            yield cursor


@lru_cache(maxsize=256)
def _numbered(sentence: str) -> str:
    """PostgreSQL's own spelling of the places: `$1`, `$2`, …"""
    pieces = sentence.split("%s")
    return "".join(f"{piece}${place}" for place, piece in enumerate(pieces[:-1], start=1)) + pieces[-1]
