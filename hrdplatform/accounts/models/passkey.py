"""Passkeys: what a browser or security key registered with us, and the questions that wait for an answer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django_otp_webauthn.models import AbstractWebAuthnCredential

from hrdplatform.accounts.models.user import User


class Passkey(AbstractWebAuthnCredential):
    """A credential of Web Authentication Level 3, good as a second factor on the door where it was made.

    `relying_party` is the host that the browser bound it to; it is offered there and nowhere else.
    """

    relying_party = models.CharField(max_length=253, editable=False)

    class Meta(AbstractWebAuthnCredential.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"passkey {self.pk}"


class PasskeyChallenge(models.Model):
    """A random question put to one person's browser. Taking it deletes the row, so that no answer counts twice."""

    class Purpose(models.TextChoices):
        REGISTER = "register"
        VERIFY = "verify"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    relying_party = models.CharField(max_length=253)
    challenge = models.CharField(max_length=128, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["created_at"], name="passkey_challenge_created")]

    def __str__(self) -> str:
        return f"challenge for user {self.user_id}"
