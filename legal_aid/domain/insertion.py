"""New rows of several tables, written in one journey to the database.

The intake must not break when many write at once, and building each INSERT through the ORM costs more than all checks
of a sealed request. The rows are the ORM's own objects; only the way is shorter. PostgreSQL gets one sentence for all
tables, a transaction by itself where the caller has opened none. SQLite, which has no such sentence, gets one for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, TypeAlias

from django.db import connection, models, transaction
from django.db.models import Field, Model

from . import sentences

AnyField: TypeAlias = "Field[Any, Any]"
Shape: TypeAlias = tuple[tuple[type[Model], int], ...]
"""Which tables get rows, in this order, and how many each."""

PLAIN = (models.BinaryField, models.BooleanField, models.CharField, models.IntegerField)
"""Kinds of column whose values both databases take as the row holds them; others are asked to prepare theirs."""


def insert(rows: Iterable[Model]) -> None:
    """Insert unsaved rows in this order, all or none; no defaults of the database are read back.

    Raises `IntegrityError`, as `save` would. A transaction that the caller has open can go on after it.
    """
    groups = [(model, list(group)) for model, group in groupby(rows, key=type)]
    if connection.vendor != "postgresql":
        with transaction.atomic():
            for model, several in groups:
                _execute(_sentence(model, len(several)), several)
        return
    sentence = _whole_sentence(tuple((model, len(several)) for model, several in groups))
    with nullcontext() if connection.get_autocommit() else transaction.atomic():
        _execute(sentence, [row for _, several in groups for row in several])


def _execute(sentence: str, rows: Iterable[Model]) -> None:
    with sentences.executed(sentence, list(_values(rows))):
        pass


@lru_cache(maxsize=256)
def _whole_sentence(shape: Shape) -> str:
    """One INSERT for each table, the first ones beside the last: `WITH t0 AS (INSERT …), t1 AS (INSERT …) INSERT …`.

    Foreign keys are judged when all of it is done.
    """
    *others, last = (_sentence(model, number) for model, number in shape)
    beside = ", ".join(f"t{place} AS ({sentence})" for place, sentence in enumerate(others))
    return f"WITH {beside} {last}" if others else last


@lru_cache(maxsize=256)
def _sentence(model: type[Model], number: int) -> str:
    quoted = connection.ops.quote_name
    meta = model._meta  # noqa: SLF001  # Django documents it as public
    fields = meta.concrete_fields
    row = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    return f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES {', '.join([row] * number)}"  # noqa: S608  # our own names


def _values(rows: Iterable[Model]) -> Iterator[Any]:
    for row in rows:
        for name, field in _columns(type(row)):
            yield getattr(row, name) if field is None else _prepared(field, row)


def _prepared(field: AnyField, row: Model) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)


@cache
def _columns(model: type[Model]) -> list[tuple[str, AnyField | None]]:
    """The attribute for each column, and the field where it must prepare what the row holds."""
    fields: tuple[AnyField, ...] = model._meta.concrete_fields  # noqa: SLF001  # as above
    return [(str(field.attname), None if _plain(field) else field) for field in fields]


def _plain(field: AnyField) -> bool:
    return isinstance(field.target_field if isinstance(field, models.ForeignKey) else field, PLAIN)
