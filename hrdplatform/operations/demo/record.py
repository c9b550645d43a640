"""The record of the demo: `DATA/demo-accounts.json`, which holds what a person needs to try the platform.

Secrets are drawn once for each installation and kept here (mode 0600). The record also says what was laid already: what
somebody changed or deleted since then is left as it is. It belongs to one database; with another one everything is
laid anew, under the same secrets.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from hrdplatform.sealing.words import LISTS, SIZE, fold

ABOUT = "Secrets of the demo of this installation. `user` and `password` sign in, `totp` is the base32 secret of the \
app, `passphrase` unlocks the desk, `words` open a request at /<language>/aid/return/."
WORDS = 5


@dataclass
class Account:
    """How one demo person signs in. `passphrase` and `member` belong to the case desk; `role` is a plain word."""

    user: str
    name: str
    role: str
    organisation: str
    password: str = field(repr=False)
    totp: str = field(default="", repr=False)
    passphrase: str | None = field(default=None, repr=False)
    member: str | None = None


@dataclass
class Receipt:
    """The eight words (or groups of digits) of one demo request, and where it stands."""

    story: str
    team: str
    language: str
    state: str
    words: list[str] = field(repr=False)


@dataclass
class Record:
    """What the file says, and the way back into it."""

    path: Path
    database: str
    accounts: list[Account] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    laid: set[str] = field(default_factory=set)

    def once(self, name: str, work: Callable[[], object]) -> bool:
        """Do `work` in a transaction, unless it was done before; answers whether it was done now.

        Secrets that `work` draws are in the file before the transaction ends, so that none is ever lost.
        """
        if name in self.laid:
            return False
        with transaction.atomic():
            work()
            self.save()
        self.laid.add(name)
        self.save()
        return True

    def account(self, user: str) -> Account | None:
        """The account with this address."""
        return next((one for one in self.accounts if one.user == user), None)

    def receipt(self, story: str) -> Receipt | None:
        """The receipt of this story."""
        return next((one for one in self.receipts if one.story == story), None)

    def save(self) -> None:
        """Write the file whole, or leave the old one whole; mode 0600 from its first byte."""
        new = self.path.with_name(f".{self.path.name}.new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(json.dumps(self._spelled(), indent=1, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)

    def _spelled(self) -> dict[str, Any]:
        return {
            "about": ABOUT,
            "accounts": [asdict(one) for one in self.accounts],
            "receipts": [asdict(one) for one in self.receipts],
            "laid": sorted(self.laid),
            "database": self.database,
        }


def read(path: Path, *, database: str) -> Record:
    """The record at `path`, empty where there is none. `database` is what tells this database from another one."""
    record = Record(path, database)
    if not path.exists():
        return record
    found = json.loads(path.read_text(encoding="utf-8"))
    record.accounts = [Account(**one) for one in found["accounts"]]
    record.receipts = [Receipt(**one) for one in found["receipts"]]
    if found["database"] == database:
        record.laid = set(found["laid"])
    return record


def new_password() -> str:
    """Five words of the English list (64 bits): long enough for the rules, short enough to be typed."""
    return "-".join(fold(LISTS["en"].words[secrets.randbelow(SIZE)]) for _ in range(WORDS))
