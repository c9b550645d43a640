"""Migrations: none is missing, each can be taken back, and all of them are walked back and forth once.

What the other tests stand on, a copy of a migrated database, is held against what the migrations leave this time.
"""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

from tests.house.test_relations import FLOORS, OURS
from tests.house.tracked import ROOT
from tests.servers import migrated

pytestmark = pytest.mark.django_db
"""A migration of wagtail-localize asks the database while it is imported."""

BACK_AND_FORTH = """
import django
django.setup()
import sqlite3
from django.conf import settings
from django.core.management import call_command
call_command("migrate", verbosity=0)
with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as made:
    made.execute("VACUUM INTO ?", [str(settings.DATABASES["default"]["NAME"]) + ".first"])
for label, target in TARGETS:
    call_command("migrate", label, target, verbosity=0)
call_command("migrate", verbosity=0)
"""


def own_operations():
    loader = MigrationLoader(None)
    for (app, name), migration in loader.disk_migrations.items():
        if app in OURS:
            for operation in migration.operations:
                yield f"{app}.{name}", operation


def one_way(operation) -> bool:
    return not operation.reversible


def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_each_step_can_be_taken_back():
    assert [name for name, operation in own_operations() if one_way(operation)] == []


@pytest.mark.parametrize("seed", [RunPython(lambda apps, editor: None), RunSQL("SELECT 1")])
def test_a_seeded_one_way_step_is_reported(seed):
    assert one_way(seed)


def farthest_back(loader: MigrationLoader, label: str) -> str:
    """`zero`; the first migration where packages of others stand on it, whose way back is not ours to walk."""
    first = loader.graph.root_nodes(label)[0]
    alone = all(app in OURS for app, _name in loader.graph.backwards_plan(first))
    return "zero" if alone else first[1]


def test_all_of_them_are_walked_back_and_forth(tmp_path):
    """On a database of its own, room by room from the top."""
    loader = MigrationLoader(None)
    labels = [label for floor in FLOORS for label in sorted(floor) if label in loader.migrated_apps]
    targets = [(label, farthest_back(loader, label)) for label in labels]
    program = BACK_AND_FORTH.replace("TARGETS", repr(targets))
    surroundings = {
        "HRD_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "hrdplatform.settings",
        "PATH": "/usr/bin:/bin",
    }
    command = [sys.executable, "-c", program]
    walked = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert walked.returncode == 0, walked.stderr[-2000:]
    copy, first = tmp_path / "copy", tmp_path / "platform.sqlite3.first"
    migrated.lay_sqlite(copy)
    assert left_in(copy) == left_in(first)


def left_in(file: Path) -> dict[str, tuple[str, int]]:
    """Each table with the words that made it, and how many rows it has."""
    with closing(sqlite3.connect(file)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type = 'table'")
        return {name: (sql, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name, sql in made}
