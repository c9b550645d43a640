"""`manage.py messages`: collects the words to translate and fails when a language that must be complete is not."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.commands import makemessages

from hrdplatform.operations.translations import AID_DOOR, COMPLETE, IGNORED, catalogue, missing


class Collection(makemessages.Command):
    """Django's, without guesses: a text that is like another one is not its translation."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


class Command(BaseCommand):
    """Extracts from code and templates into `hrdplatform/locale`; with `--check` the files stay as they are."""

    help = "Collects the words to translate; fails on missing ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, only tell")

    def handle(self, *, check: bool = False, **options: Any) -> None:
        languages = [*COMPLETE, *AID_DOOR]
        before = {language: catalogue(language).read_bytes() for language in languages if catalogue(language).exists()}
        try:
            call_command(
                Collection(),
                locale=languages,
                ignore_patterns=list(IGNORED),
                add_location="file",
                no_wrap=True,
                no_obsolete=True,
                verbosity=0,
            )
            gaps = [gap for language in languages for gap in missing(language)]
        finally:
            if check:
                for language, content in before.items():
                    catalogue(language).write_bytes(content)
        for gap in gaps:
            self.stderr.write(str(gap))
        if gaps:
            raise CommandError(f"{len(gaps)} translations are missing.")
        self.stdout.write("Every language has all its words.")
