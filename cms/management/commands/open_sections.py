"""`manage.py open_sections`: every organisation has its section, rights and shelf; run again after a new language."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.domain.sections import open_section
from hrdplatform.organisations.models import Organisation


class Command(BaseCommand):
    help = "Gives every organisation its section in each language. What stands is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        for organisation in Organisation.objects.order_by("pk"):
            open_section(organisation)
