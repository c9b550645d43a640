"""Key wraps: the identity of one epoch, sealed to one reader or to the receipt."""

from __future__ import annotations

from django.db import models

from .card import Card
from .identifiers import hex16

RECEIPT = "receipt"


class KeyWrap(models.Model):
    """`reader` is a member's id, or `receipt`."""

    id = models.CharField(primary_key=True, max_length=32, default=hex16, editable=False)
    card = models.ForeignKey(Card, models.DO_NOTHING, related_name="wraps")
    reader = models.CharField(max_length=8)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "reader"], name="wrap_once_a_reader")]
        indexes = [models.Index(fields=["reader", "card"], name="wrap_reader")]

    def __str__(self) -> str:
        return self.reader
