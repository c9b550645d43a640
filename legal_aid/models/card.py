"""Cards: the signed opening of an epoch, stored unsealed since it holds ids and public keys only."""

from __future__ import annotations

from django.db import models

from legal_aid.states import Chain

from .case import Case


class Card(models.Model):
    """`id` = H(body); `container` is the record container as it was signed."""

    id = models.CharField(primary_key=True, max_length=64)
    case = models.ForeignKey(Case, models.DO_NOTHING, related_name="cards")
    chain = models.CharField(max_length=5, choices=Chain.choices)
    epoch = models.PositiveIntegerField()
    list = models.CharField(max_length=64)
    container = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "chain", "epoch"], name="card_one_an_epoch")]

    def __str__(self) -> str:
        return f"{self.chain} {self.epoch}"
