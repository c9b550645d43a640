"""An anchor: the signed head of the chain on one day, kept beside the copies that went out by mail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Anchor(models.Model):
    """One a day. `statement` is the canonical JSON that was signed; `key` and `signature` are hexadecimal (Ed25519)."""

    day = models.DateField(unique=True)
    sequence = models.BigIntegerField()
    statement = models.TextField()
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name = _("audit anchor")
        verbose_name_plural = _("audit anchors")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.sequence}"
