"""Wagtail's search in the database, with stems on PostgreSQL: each page indexed by the rules of its own language.

What is asked goes by the rules of the reader's language, or fits exactly (accents aside): so a word is found in pages
of every language, and its other forms in those of the reader's. SQLite's search knows no stems, and drops accents
itself.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection
from modelsearch.backends import database
from modelsearch.query import And, Or, PlainText, SearchQuery

from cms.search.words import bearable


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  # the name that Wagtail looks for
    """The backend for this database."""
    ground: Any = type(database.SearchBackend(params))
    if connection.vendor == "postgresql":
        from cms.search import stems  # noqa: PLC0415  # its ground cannot be imported on SQLite

        ground = stems.StemmingBackend
    return taming(ground)(params)


@cache
def taming(ground: Any) -> Any:
    """A backend that looks for what somebody typed, whatever that was, instead of failing."""

    class Taming(ground):
        def _search(self, compiler: type[Any], query: Any, *arguments: Any, **options: Any) -> Any:
            return super()._search(compiler, tamed(query), *arguments, **options)

    return Taming


def tamed(query: str | SearchQuery) -> str | SearchQuery:
    """A question without what a database would stumble over; an empty text finds nothing."""
    if isinstance(query, str):
        return bearable(query)
    if isinstance(query, PlainText):
        return PlainText(bearable(query.query_string), operator=query.operator)
    if isinstance(query, And | Or):
        return type(query)([tamed(part) for part in query.subqueries])
    return query
