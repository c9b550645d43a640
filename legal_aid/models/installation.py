"""The one row of an installation: the public salt under which receipts become keys."""

from __future__ import annotations

from django.db import models

from .identifiers import hex16


class Installation(models.Model):
    """Made once, never changed, in every backup: with another salt no receipt would open anything (sealing.md 3, S)."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    salt = models.CharField(max_length=32, default=hex16, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="installation_only_one")]

    def __str__(self) -> str:
        return "installation"
