"""`manage.py export_course NUMBER FOLDER`: writes the newest version of a course (or a guide) as a folder."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.domain.lifting import export, too_large
from cms.models import CoursePage, GuidePage


class Command(BaseCommand):
    help = "Writes a course or a guide as a folder of Markdown and YAML with its pictures and documents."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="the number of the page, as it stands in the office's address")
        parser.add_argument("folder", type=Path, help="a folder that is not there yet, or is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises `CommandError` for another page and for a folder that holds something."""
        number, folder = options["number"], options["folder"]
        page = CoursePage.objects.filter(pk=number).first() or GuidePage.objects.filter(pk=number).first()
        if page is None:
            raise CommandError(f"{number} is neither a course nor a guide.")
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty.")
        for path, content in export(page):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            self.stdout.write(path)
        for finding in too_large(page):
            self.stderr.write(f"Too large to be taken in again: {finding}")
