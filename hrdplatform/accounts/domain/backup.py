"""Back-up codes: a sheet of ten, each good once, kept only as keyed digests.

A code has 120 random bits (ASVS 5.0, 6.5.2 asks for 112 where a fast digest is stored), so that nobody who reads the
table finds it; the key of the digest lies in a file outside the database.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from hrdplatform.accounts.models import BackupCode, BackupSheet, User
from hrdplatform.audit import Event, record
from hrdplatform.conf import configuration

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O or U, which people misread."""

LENGTH = 24
CODES = 10
_MISREAD = str.maketrans("OIL", "011", " -\t")


def plain(code: str) -> str:
    """What was typed, as the 24 symbols that were meant: spaces, hyphens, case and misread letters do not matter."""
    return code.upper().translate(_MISREAD)


def looks_like_code(text: str) -> bool:
    """Whether this has the length of a back-up code rather than of an app's six digits."""
    return len(plain(text)) == LENGTH


def _digest(code: str, key: str) -> str:
    return salted_hmac("hrdplatform.accounts.backup", code, secret=key, algorithm="sha256").hexdigest()


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def _grouped(code: str) -> str:
    return "-".join(code[place : place + 4] for place in range(0, LENGTH, 4))


@transaction.atomic
def make_sheet(user: User, *, at: datetime) -> list[str]:
    """Ten new codes, to be shown once; the codes of an earlier sheet are worth nothing from now on."""
    # The row itself stays: the session that asks may have been verified by a code of the old sheet.
    sheet, _made = BackupSheet.objects.update_or_create(user=user, defaults={"created_at": at})
    sheet.codes.all().delete()
    codes = [_new_code() for _ in range(CODES)]
    key = configuration.vault_keys[0]
    BackupCode.objects.bulk_create([BackupCode(sheet=sheet, digest=_digest(code, key)) for code in codes])
    record(Event.BACKUP_CODES_MADE, actor=f"user:{user.pk}", object=f"user:{user.pk}", at=at)
    return [_grouped(code) for code in codes]


def spend(user: User, code: str, *, at: datetime) -> BackupSheet | None:
    """The sheet that `code` stands on; the code is crossed out. None if it is wrong or was used.

    One statement crosses out, so that of many tries at the same moment one succeeds.
    """
    digests = [_digest(plain(code), key) for key in configuration.vault_keys]
    spent = BackupCode.objects.filter(sheet__user=user, digest__in=digests, used_at=None).update(used_at=at)
    return BackupSheet.objects.get(user=user) if spent else None
