"""`manage.py forget_factors ADDRESS`: for somebody who lost every device and every back-up code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrdplatform.accounts.domain.factors import forget_factors
from hrdplatform.accounts.models import User
from hrdplatform.web import clock


class Command(BaseCommand):
    help = (
        "Removes all devices and back-up codes of a person, who then sets up a new one after the password. "
        "Check first, by another way than mail, that it is really the person who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError("No account has this address.")
        forget_factors(user, actor="system", at=clock.now())
        self.stdout.write("All devices are removed, all sessions ended. The next sign-in sets up a new device.")
