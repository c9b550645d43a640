"""Migrations: none is missing, each can be taken back, and all of them are walked back and forth once."""

import pytest
from django.core.management import call_command
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

from tests.house.test_relations import OURS


def own_operations():
    loader = MigrationLoader(None)
    for (app, name), migration in loader.disk_migrations.items():
        if app in OURS:
            for operation in migration.operations:
                yield f"{app}.{name}", operation


def one_way(operation) -> bool:
    return not operation.reversible


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_each_step_can_be_taken_back():
    assert [name for name, operation in own_operations() if one_way(operation)] == []


@pytest.mark.parametrize("seed", [RunPython(lambda apps, editor: None), RunSQL("SELECT 1")])
def test_a_seeded_one_way_step_is_reported(seed):
    assert one_way(seed)
