"""`manage.py verify_audit`: walks the audit chain and says the first broken row; holds it against signed heads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrdplatform.audit.models import Anchor
from hrdplatform.audit.verifying import verify
from hrdplatform.conf import ConfigurationError
from hrdplatform.operations.heads import Head, HeadError, check, public_keys, read


class Command(BaseCommand):
    """Ends with 1 if the chain is broken, was cut, or is not the one that was signed."""

    help = "Verifies the audit record, with every signed head kept in the database and those given as files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", action="append", type=Path, default=[], metavar="SIGNED", help="a saved mail")
        parser.add_argument("--key", action="append", default=[], metavar="HEX", help="a public key to trust as well")

    def handle(self, *, head: list[Path], key: list[str], **options: Any) -> None:
        heads = self._kept(frozenset(key)) + self._given(head, frozenset(key))
        verdict = verify(frozenset(one.sequence for one in heads))
        if verdict.broken:
            gap = verdict.broken
            raise CommandError(f"BROKEN at number {gap.sequence}, row {gap.entry}: {gap.reason}.")
        for one in heads:
            self._compare(one, verdict.linked, verdict.digests)
        self.stdout.write(
            f"Whole: {verdict.linked} entries linked, {verdict.unlinked} waiting to be linked, "
            f"{len(heads)} signed heads agree.\nHead: {verdict.linked} {verdict.head}"
        )

    def _kept(self, extra: frozenset[str]) -> list[Head]:
        """The heads in the database; one that no longer fits its signature was changed."""
        anchors = list(Anchor.objects.all())
        if not anchors:
            return []
        trusted = self._trusted(extra)
        try:
            return [check(anchor.statement, anchor.key, anchor.signature, trusted=trusted) for anchor in anchors]
        except HeadError as error:
            raise CommandError(f"A head kept in the database is not as it was signed. {error}") from error

    def _given(self, files: list[Path], extra: frozenset[str]) -> list[Head]:
        try:
            return [read(file.read_text(), trusted=self._trusted(extra)) for file in files]
        except (HeadError, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error

    def _trusted(self, extra: frozenset[str]) -> frozenset[str]:
        try:
            return extra | public_keys()
        except ConfigurationError as error:
            if extra:
                return extra
            raise CommandError(f"{error} Or name the public key with --key.") from error

    def _compare(self, head: Head, linked: int, digests: dict[int, str]) -> None:
        if head.sequence > linked:
            raise CommandError(
                f"CUT: the head of {head.day} was signed over {head.sequence} entries, the chain has {linked}."
            )
        if head.sequence and digests[head.sequence] != head.digest:
            raise CommandError(f"REWRITTEN: number {head.sequence} is not what the head of {head.day} was signed over.")
