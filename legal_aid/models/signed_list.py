"""Signed member lists, each kept for ever and served by its hash, and the sealed rosters of names beside them."""

from __future__ import annotations

from django.db import models

from .identifiers import hex16
from .team import Team


class SignedList(models.Model):
    """`text` is the file exactly as the root signed it; `hash` is H(body)."""

    hash = models.CharField(primary_key=True, max_length=64)
    team = models.ForeignKey(Team, models.PROTECT, related_name="lists")
    seq = models.PositiveIntegerField()
    prev = models.CharField(max_length=64)
    issued = models.DateField()
    expires = models.DateField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "seq"], name="list_seq_unique")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:8]}"


class SealedRoster(models.Model):
    """The names behind the ids of one list, signed by the root, sealed to one member."""

    id = models.CharField(primary_key=True, max_length=32, default=hex16, editable=False)
    list = models.ForeignKey(SignedList, models.PROTECT, related_name="rosters")
    reader = models.CharField(max_length=8)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "reader"], name="roster_once_a_reader")]

    def __str__(self) -> str:
        return self.reader
