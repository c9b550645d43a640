"""An authenticator app: the key that it shares with us, sealed, and the last step that it spent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django_otp.models import Device


class TotpDevice(Device):
    """Time-based codes of RFC 6238: SHA-1, six digits, steps of 30 seconds, a key of 20 random bytes.

    `sealed_key` is the key under the platform's vault key; the row alone makes no code. `last_step` is the
    number of the newest step whose code was accepted: that step and all before it are spent.
    """

    sealed_key = models.BinaryField(editable=False)
    last_step = models.BigIntegerField(default=-1, editable=False)
    created_at = models.DateTimeField(editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(confirmed=False), name="totp_one_enrolment_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"authenticator app {self.pk}"
