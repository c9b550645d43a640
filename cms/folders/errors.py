"""What is wrong in a folder, line by line, so that its author can put all of it right at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import ngettext

MOST: Final = 200
"""Findings after which reading ends; who has more will look again anyway."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong: where, and in plain words what, and what is allowed instead."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}" if self.line else f"{self.file}: {self.words}"


class BrokenFolderError(Exception):
    """The folder cannot be taken. Nothing was changed."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        words = ngettext(
            "Nothing was changed: %(count)s thing has to be put right",
            "Nothing was changed: %(count)s things have to be put right",
            len(findings),
        )
        super().__init__(words % {"count": len(findings)})
        self.findings = list(findings)


@dataclass
class Ledger:
    """Findings as they are made."""

    findings: list[Finding] = field(default_factory=list)

    def say(self, file: str, line: int, words: str) -> None:
        """Notes one thing. `line` counts from one; zero means the file as a whole. Raises `BrokenFolderError` with the
        last that is noted.
        """
        self.findings.append(Finding(file, line, words))
        if len(self.findings) >= MOST:
            self.settle()

    def settle(self) -> None:
        """Raises `BrokenFolderError` with everything found so far, in the order of files and lines."""
        if self.findings:
            raise BrokenFolderError(sorted(set(self.findings)))


@dataclass(frozen=True)
class Place:
    """Where in a folder something stands, and who notes what is wrong with it."""

    ledger: Ledger
    file: str
    line: int

    def at(self, line: int) -> Place:
        """Another line of the same file."""
        return Place(self.ledger, self.file, line)

    def say(self, words: str) -> None:
        self.ledger.say(self.file, self.line, words)
