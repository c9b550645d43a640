"""`manage.py first_administrator`: an empty platform gets its first administrator, by a link."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.translation import override

from hrdplatform.organisations.domain.founding import AdministratorExistsError, invite_first_administrator
from hrdplatform.web import clock
from hrdplatform.web.languages import PUBLIC


class Command(BaseCommand):
    help = "Prints the link by which the first administrator makes an account. Refuses when there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="address of the administrator; asked for if it is not given")
        parser.add_argument(
            "--platform", help="name of the organisation that runs this; the platform's own if not given"
        )
        parser.add_argument("--language", default="fr", choices=PUBLIC)

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"] or self._ask()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is not an e-mail address.") from error
        with override(options["language"]):
            platform = options["platform"] or str(settings.PLATFORM_NAME)
        try:
            link = invite_first_administrator(
                email=email, platform=platform, language=options["language"], at=clock.now()
            )
        except AdministratorExistsError as error:
            raise CommandError("The platform has an administrator, who can invite others.") from error
        self.stderr.write("Open this link within seven days. It works once, and was sent by mail as well:")
        self.stdout.write(link)

    def _ask(self) -> str:
        if not sys.stdin.isatty():
            raise CommandError("Give the address with --email.")
        return input("E-mail address of the first administrator: ").strip()
