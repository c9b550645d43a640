"""New rows of several tables, written in one journey to the database.

The intake must not break when many write at once, and building each INSERT through the ORM costs more than all checks
of a sealed request. The rows are the ORM's own objects; only the way is shorter: the sentence for each table is made
once in a process, PostgreSQL takes all of them before it is asked for the first answer, and sealed bytes travel as
bytes, not as hexadecimal text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.models import Model


def insert(rows: Iterable[Model]) -> None:
    """Insert unsaved rows in this order, all or none; no defaults of the database are read back.

    Raises `IntegrityError`, as `save` would, after which the caller's transaction can only be rolled back.
    """
    with transaction.atomic(savepoint=False), _cursor() as cursor:
        for model, group in groupby(rows, key=type):
            several = list(group)
            cursor.execute(_sentence(model, len(several), connection.vendor), _values(several))


@contextmanager
def _cursor() -> Iterator[Any]:
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    # Django's cursor writes each value into the sentence as text, this one sends them beside it. The pipeline sends
    # everything before it reads an answer; on leaving it, the first refusal is raised.
    with connection.wrap_database_errors, connection.connection.pipeline():
        bare: Any = psycopg.Cursor(connection.connection)
        wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
        with wrapped(bare) as cursor:
            yield cursor


@cache
def _sentence(model: type[Model], number: int, _vendor: str) -> str:
    quoted = connection.ops.quote_name
    meta = model._meta  # noqa: SLF001  # Django documents it as public
    fields = meta.concrete_fields
    row = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    return f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES {', '.join([row] * number)}"  # noqa: S608  # our own names


def _values(rows: Iterable[Model]) -> list[Any]:
    return [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row in rows
        for field in row._meta.concrete_fields  # noqa: SLF001  # as above
    ]
