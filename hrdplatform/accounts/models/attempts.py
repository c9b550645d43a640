"""Wrong second factors of one person, counted where every web process sees the same number."""

from __future__ import annotations

from django.db import models

from hrdplatform.accounts.models.user import User


class FactorAttempts(models.Model):
    """How many codes in a row were wrong, and when the last one was. A right one sets it back."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.failures} wrong codes of user {self.user_id}"
