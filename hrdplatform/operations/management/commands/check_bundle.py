"""`manage.py check_bundle URL`: whether a live site serves the scripts, forms and policy of this release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrdplatform.conf import ROOT
from hrdplatform.operations.comparing import SilentSiteError, differences


class Command(BaseCommand):
    """Run it in a checkout of the release that the site names, after `python3 make.py check` has built the scripts."""

    help = "Compares a live site's aid pages with this release, as an anonymous visitor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", help="the site, such as https://aid.example.org")
        parser.add_argument("--manifest", type=Path, default=ROOT / "build" / "bundle-manifest.json")

    def handle(self, *, url: str, manifest: Path, **options: Any) -> None:
        if not manifest.exists():
            raise CommandError(f"{manifest} is missing. Build the scripts first: python3 make.py check")
        try:
            found = list(differences(url, manifest))
        except SilentSiteError as error:
            raise CommandError(str(error)) from error
        for difference in found:
            self.stderr.write(difference)
        if found:
            raise CommandError("The site is not this release. Do not use it, and tell its operator by another way.")
        self.stdout.write("Scripts, worker, forms and policy are those of this release.")
