"""Somebody asked for a new password. Whether the address has an account is looked up later, by the worker."""

from __future__ import annotations

from django.db import models


class ResetRequest(models.Model):
    """An address as it was typed. The row is written for known and unknown addresses alike and soon deleted."""

    email = models.CharField(max_length=254)
    language = models.CharField(max_length=8)
    door = models.CharField(max_length=8)
    asked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"reset request {self.pk}"
