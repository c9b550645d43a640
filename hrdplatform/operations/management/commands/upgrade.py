"""`manage.py upgrade`: what the database needs after new code came; run once at every upgrade."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Migrates, opens the sections that organisations lack, and writes the index of the search anew."""

    help = "Brings the database up to the code: tables, sections of the organisations, index of the search."

    def handle(self, *, verbosity: int = 1, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("open_sections", verbosity=verbosity)
        call_command("update_index", verbosity=0)
        if verbosity:
            self.stdout.write("Tables, sections and the index of the search stand as this version needs them.")
