"""`manage.py restore`: a sealed backup back into an empty installation."""

from __future__ import annotations

from datetime import timedelta
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from hrdplatform import notices
from hrdplatform.operations import backups
from hrdplatform.operations.archive import ArchiveError
from hrdplatform.operations.backups import InUseError
from hrdplatform.operations.dumps import DumpError
from hrdplatform.operations.refusals import refusal
from hrdplatform.sealing.age import terminal
from hrdplatform.sealing.errors import SealingError
from hrdplatform.web import clock


class Command(BaseCommand):
    """Refuses an installation that holds data or whose worker runs, unless told with --force."""

    help = "Restores a sealed backup. Stop web server and worker first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--identity", required=True, metavar="FILE", help="the identity of the recipient")
        parser.add_argument("--force", action="store_true", help="replace the data that are here")
        parser.add_argument("source", type=Path, metavar="SOURCE")

    def handle(self, *, identity: str, force: bool, source: Path, **options: Any) -> None:
        if not force and self.is_running():
            raise CommandError("The worker is running. Stop web server and worker, then try again.")
        try:
            keys = terminal.read_identities(identity, lambda: getpass("Passphrase of the identity: "))
            with source.open("rb") as file:
                manifest = backups.restore(file, identities=keys, at=clock.now(), force=force)
        except (SealingError, OSError) as error:
            raise CommandError(refusal(error)) from error
        except (InUseError, DumpError, ArchiveError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored: {len(manifest['files'])} files, as of {manifest['made_at']}. Run `doctor` next.")

    def is_running(self) -> bool:
        """Whether a worker gave a sign of life in the last minute."""
        try:
            seen = notices.worker_seen()
        except DatabaseError:
            return False  # no tables yet: an empty installation
        return seen is not None and clock.now() - seen < timedelta(minutes=1)
