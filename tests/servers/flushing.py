"""What tests leave behind: rows, which the audit record's triggers would keep from being emptied, and copies of pages.

Django empties every table after such a test. The triggers step aside for that moment only; during tests they stand.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import pytest


@contextmanager
def triggers_aside() -> Iterator[None]:
    """Without the triggers of the audit record, as for somebody who owns the database."""
    from django.db import connection

    triggers = import_module("hrdplatform.audit.migrations.0002_append_only")
    sqlite = connection.vendor == "sqlite"
    _run(triggers.SQLITE_BACK if sqlite else triggers.POSTGRESQL_BACK)
    try:
        yield
    finally:
        _run(triggers.SQLITE if sqlite else triggers.POSTGRESQL)


def _run(statements: list[str]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    from django.test import TransactionTestCase

    empty = TransactionTestCase._fixture_teardown

    def empty_without_triggers(case: TransactionTestCase) -> None:
        with triggers_aside():
            empty(case)

    TransactionTestCase._fixture_teardown = empty_without_triggers


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """No copy of a page from the test before, whose database had the same generations."""
    from hrdplatform.web import generations, pagecache

    pagecache.shelf.clear()
    generations.forget()
