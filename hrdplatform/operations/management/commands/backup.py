"""`manage.py backup`: database, files and secrets in one archive, sealed to a recipient whose identity is off-line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrdplatform.operations import backups
from hrdplatform.operations.archive import ArchiveError
from hrdplatform.operations.dumps import DumpError
from hrdplatform.operations.refusals import refusal
from hrdplatform.sealing.errors import SealingError
from hrdplatform.web import clock


class Command(BaseCommand):
    """May run while the platform runs. The file appears under its name only when it is whole."""

    help = "Writes a sealed backup of database, files and secrets to TARGET."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--recipient", action="append", required=True, help="age1pq1… or age1…, repeatable")
        parser.add_argument("target", type=Path, metavar="TARGET")

    def handle(self, *, recipient: list[str], target: Path, **options: Any) -> None:
        try:
            count = backups.make(target, recipients=recipient, at=clock.now())
        except (SealingError, OSError) as error:
            raise CommandError(refusal(error)) from error
        except (DumpError, ArchiveError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{target}: {count} files, {target.stat().st_size} bytes, sealed.")
