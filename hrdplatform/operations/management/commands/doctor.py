"""`manage.py doctor`: looks at everything an operator answers for; ends with 1 if something is not well."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hrdplatform.operations.doctor import examine


class Command(BaseCommand):
    """Changes nothing, sends nothing, prints no secret."""

    help = "Looks at everything an operator answers for, from the data folder to the browser scripts."

    def handle(self, **options: Any) -> None:
        unwell = 0
        for finding in examine():
            unwell += not finding.well
            self.stdout.write(f"{'ok  ' if finding.well else 'BAD '} {finding.about}: {finding.words}")
        if unwell:
            raise CommandError(f"{unwell} findings need you.")
        self.stdout.write("All is well.")
