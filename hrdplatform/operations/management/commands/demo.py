"""`manage.py demo`: lays the demo content, as often as wanted; what stands is kept."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hrdplatform.conf import configuration
from hrdplatform.operations.demo import laying
from hrdplatform.web import clock


class Command(BaseCommand):
    help = "Lays demo content: pages, organisations, accounts, legal-aid teams, sealed requests. Not in production."

    def handle(self, *args: Any, **options: Any) -> None:
        if configuration.production:
            raise CommandError("The demo's keys are known to everybody: it is refused in production.")
        laying.lay(configuration.data / "demo-accounts.json", at=clock.now(), say=self.stdout.write)
