"""Emptying the database between transactional tests, which the audit record's triggers would refuse.

Django empties every table after such a test. The triggers step aside for that moment only; during tests they stand.
"""

from importlib import import_module

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    from django.db import connection
    from django.test import TransactionTestCase

    triggers = import_module("hrdplatform.audit.migrations.0002_append_only")
    empty = TransactionTestCase._fixture_teardown

    def run(step) -> None:
        with connection.schema_editor() as editor:
            step(None, editor)

    def empty_without_triggers(case: TransactionTestCase) -> None:
        run(triggers.backwards)
        try:
            empty(case)
        finally:
            run(triggers.forwards)

    TransactionTestCase._fixture_teardown = empty_without_triggers
