"""Back-up codes: a sheet of codes on paper, each good for one sign-in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django_otp.models import Device


class BackupSheet(Device):
    """The newest sheet of one person. Making another one takes all codes of the old one away."""

    created_at = models.DateTimeField(editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user"], name="backup_one_sheet_a_person"),
        ]

    def __str__(self) -> str:
        return f"back-up codes {self.pk}"


class BackupCode(models.Model):
    """One code of a sheet: a keyed digest of its 120 random bits, never the code."""

    sheet = models.ForeignKey(BackupSheet, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"code of sheet {self.sheet_id}"
