"""The session of a visitor without scripts: ciphertext under a key that only the visitor's cookie holds."""

from __future__ import annotations

import hashlib

from django.db import models

from .case import Case


class PlainSession(models.Model):
    """`id` = H(16-byte id of the cookie). `sealed` holds the keys of an opened case, `draft` those of files sealed so
    far; either may be empty, and the server opens them only while a request of this visitor is answered.

    `expires_at` is rounded up to ten minutes and goes with the row.
    """

    id = models.CharField(primary_key=True, max_length=64)
    case = models.ForeignKey(Case, models.DO_NOTHING, related_name="sessions", null=True, blank=True)
    sealed = models.BinaryField(default=bytes)
    draft = models.BinaryField(default=bytes)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.id[:8]


def spent(number: str) -> str:
    """64 hex digits that stand for a form's number in the database: the number itself is half of what draws the words
    of a receipt. It has 128 random bits, so that a plain SHA-256 cannot be turned round.
    """
    return hashlib.sha256(number.encode()).hexdigest()


class FormNumber(models.Model):
    """A form's random number, `spent`: a double click finds what the first click made."""

    number = models.CharField(primary_key=True, max_length=64)
    case = models.ForeignKey(Case, models.DO_NOTHING, related_name="forms")

    def __str__(self) -> str:
        return self.number[:8]
