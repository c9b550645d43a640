"""`manage.py erased CASE`: whether anything of a case is left, table by table."""

from __future__ import annotations

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from legal_aid.domain import erasure


class Command(BaseCommand):
    help = "Lists what remains of an erased case: nothing but a tombstone that does not know which case it stands for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", help="The case's id, 32 hex digits, as its receipt's page or the desk shows it.")

    def handle(self, *args: Any, **options: Any) -> None:
        case = options["case"].lower()
        if not re.fullmatch(r"[0-9a-f]{32}", case):
            raise CommandError("A case id has 32 hex digits.")
        found = erasure.remains(case)
        for name, count in found.items():
            self.stdout.write(f"{name}: {count}")
        self.stdout.write(f"blobs still to be removed: {erasure.blobs_waiting()}")
        self.stdout.write(f"traces still in the database's log or pages: {'yes' if erasure.is_compacting() else 'no'}")
        if any(found.values()):
            raise CommandError("This case is not erased.")
        self.stdout.write(
            self.style.SUCCESS("Nothing is left of this case. A tombstone says that some case was erased.")
        )
