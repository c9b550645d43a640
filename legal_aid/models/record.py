"""Records: sealed messages, notes and the other kinds, one row each; the day is all that is known of their time."""

from __future__ import annotations

from django.db import models

from legal_aid.states import Sender

from .card import Card
from .case import Case
from .identifiers import hex16


class Record(models.Model):
    """`record` = H(body), which only readers can check, is the idempotency key; `row` is what the addresses carry.

    `number` orders the rows of one card, so that a page shows them as they came; it counts within the case only.
    """

    row = models.CharField(primary_key=True, max_length=32, default=hex16, editable=False)
    case = models.ForeignKey(Case, models.DO_NOTHING, related_name="records")
    card = models.ForeignKey(Card, models.DO_NOTHING, related_name="records")
    record = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    day = models.DateField()
    sender = models.CharField(max_length=8, choices=Sender.choices)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "record"], name="record_once_a_case"),
            models.UniqueConstraint(fields=["card", "number"], name="record_number_unique"),
        ]

    def __str__(self) -> str:
        return self.row[:8]
