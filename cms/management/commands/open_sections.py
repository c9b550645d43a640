"""`manage.py open_sections`: every organisation has its section, rights and shelf; run again after a new language."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Locale

from cms.domain.sections import open_section, sections_of
from cms.models import LearnPage
from hrdplatform.organisations.models import Organisation


class Command(BaseCommand):
    help = "Gives every organisation its section in each language. What stands is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        for organisation in Organisation.objects.order_by("pk"):
            before = len(sections_of(organisation))
            after = len(open_section(organisation))
            self.stdout.write(f"{organisation.slug}: {after - before} sections opened, {after} stand")
        for locale in Locale.objects.exclude(pk__in=LearnPage.objects.values("locale")):
            self.stdout.write(
                f"{locale.language_code}: no Learn page, so nothing was opened there. "
                "Translate the home page, then Learn, then run this again."
            )
