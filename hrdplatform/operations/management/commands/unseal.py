"""`manage.py unseal`: open an age file, binary or armored, with an identity or a passphrase."""

from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrdplatform.operations.refusals import refusal
from hrdplatform.sealing.age import terminal
from hrdplatform.sealing.age.scrypt import PassphraseIdentity
from hrdplatform.sealing.age.stanzas import Identity
from hrdplatform.sealing.errors import SealingError


class Command(BaseCommand):
    """Reads no table: a copy of the sealed files and an identity are enough."""

    help = "Open an age file. IN and OUT may be - for standard input and output."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        keys = parser.add_mutually_exclusive_group(required=True)
        keys.add_argument(
            "--identity",
            metavar="FILE",
            help="file with AGE-SECRET-KEY-PQ-1… or AGE-SECRET-KEY-1…; may itself be under a passphrase",
        )
        keys.add_argument("--passphrase", action="store_true", help="ask for the passphrase of IN")
        parser.add_argument("source", metavar="IN")
        parser.add_argument("target", metavar="OUT")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["passphrase"]:
                keys: list[Identity] = [PassphraseIdentity(asked())]
            else:
                keys = terminal.read_identities(options["identity"], asked)
            terminal.unseal(options["source"], options["target"], keys)
        except (SealingError, OSError) as error:
            raise CommandError(refusal(error)) from error


def asked() -> str:
    """The passphrase, typed without being shown."""
    return getpass("Passphrase: ")
