"""`manage.py secrets`: makes the secret files that are missing, and puts a new key on top of one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrdplatform.conf import secret_lines
from hrdplatform.operations.backups import secret_files


class Command(BaseCommand):
    """Never prints a secret. Old keys stay below the new one, so that what they signed or sealed can still be read."""

    help = "Makes missing secret files (mode 0600); --rotate NAME puts a new key on top."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rotate", choices=sorted(secret_files()), help="which file gets a new key")

    def handle(self, *, rotate: str | None = None, **options: Any) -> None:
        for name, path in sorted(secret_files().items()):
            lines = secret_lines(path, create=True)
            if name == rotate:
                lines = (secrets.token_hex(32), *lines)
                self.replace(path, lines)
            path.chmod(0o600)
            self.stdout.write(f"{name}: {path}, {len(lines)} key{'s' if len(lines) > 1 else ''}")
        if rotate:
            self.stdout.write("Restart web server and worker, so that they take the new key.")

    def replace(self, path: Path, lines: tuple[str, ...]) -> None:
        """Write the file anew beside itself and put it in place in one step."""
        fresh = path.with_name(f".{path.name}.new")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write("\n".join(lines) + "\n")
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except FileExistsError as error:
            raise CommandError(f"{fresh} is left over from an earlier try; look at it and remove it.") from error
