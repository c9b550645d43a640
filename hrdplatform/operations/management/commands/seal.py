"""`manage.py seal`: seal a file or a stream to one or more age recipients."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrdplatform.operations.refusals import refusal
from hrdplatform.sealing.age import terminal
from hrdplatform.sealing.errors import SealingError


class Command(BaseCommand):
    """A stream of any size in flat memory; the file appears under its name only when it is whole."""

    help = "Seal a file to age recipients. IN and OUT may be - for standard input and output."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--recipient", action="append", required=True, help="age1pq1… or age1…, repeatable")
        parser.add_argument("source", metavar="IN")
        parser.add_argument("target", metavar="OUT")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            terminal.seal(options["source"], options["target"], options["recipient"])
        except (SealingError, OSError) as error:
            raise CommandError(refusal(error)) from error
