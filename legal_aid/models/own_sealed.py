"""What a member keeps sealed to the own identity: the keyring with its pins, and drafts."""

from __future__ import annotations

from django.db import models

from .identifiers import hex16
from .member import TeamMember


class OwnSealed(models.Model):
    """`name` is `keyring` or `draft-<case>`; the server can open neither."""

    id = models.CharField(primary_key=True, max_length=32, default=hex16, editable=False)
    member = models.ForeignKey(TeamMember, models.CASCADE, related_name="own")
    name = models.CharField(max_length=40)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="own_name_unique")]

    def __str__(self) -> str:
        return self.name
