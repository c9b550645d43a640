"""`manage.py import_course FOLDER --organisation SLUG`: takes a course (or a guide) in, as drafts."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.domain.folders import Report, take_in
from cms.folders.errors import BrokenFolderError, Ledger
from cms.folders.sources import FolderSource
from hrdplatform.organisations.models import Organisation


class Command(BaseCommand):
    help = "Makes or changes a course from a folder, or a guide from a Markdown file, in an organisation's section."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder of a course, or the .md file of a guide")
        parser.add_argument("--organisation", required=True, metavar="SLUG", help="whose section it goes into")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be made and changed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises `CommandError` with every finding, one a line, when something is wrong."""
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation {options['organisation']}.")
        if not options["folder"].exists():
            raise CommandError(f"{options['folder']} is not there.")
        ledger = Ledger()
        try:
            source = FolderSource(options["folder"], ledger)
            ledger.settle()
            report = take_in(source, organisation=organisation, by=None, dry=options["dry_run"])
        except BrokenFolderError as broken:
            raise CommandError("\n".join([*map(str, broken.findings), str(broken)])) from broken
        self.tell(report, dry=options["dry_run"])

    def tell(self, report: Report, *, dry: bool) -> None:
        """One line for each page and file."""
        lines = {
            "would be made" if dry else "made": report.made,
            "would be changed" if dry else "changed": report.changed,
            "the same": report.same,
            "new file": report.media,
            "left as it is": report.left,
            "used by no text": report.unused,
        }
        for words, names in lines.items():
            for name in names:
                self.stdout.write(f"{words}: {name}")
        if report.page is not None:
            self.stdout.write(f"number of the page: {report.page.pk}")
