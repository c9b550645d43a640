"""Identity files: a member's seed, sealed under seven words or a passkey; every file ever made stays."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from legal_aid.states import IdentityKind

from .identifiers import hex16
from .member import TeamMember


class IdentityFile(models.Model):
    """An age file that the server cannot open. Old ones are kept: they open the epochs of their time."""

    id = models.CharField(primary_key=True, max_length=32, default=hex16, editable=False)
    member = models.ForeignKey(TeamMember, models.PROTECT, related_name="identities")
    kind = models.CharField(_("opened by"), max_length=10, choices=IdentityKind.choices)
    file = models.BinaryField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "digest"], name="identity_once")]

    def __str__(self) -> str:
        return self.digest[:8]
