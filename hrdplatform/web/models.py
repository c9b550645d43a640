"""The generation of each room: a number that goes up with each change that a reader may see."""

from __future__ import annotations

from django.db import models


class Generation(models.Model):
    """One row for each room, written by `generations.bump` in the transaction of the change."""

    room = models.CharField(max_length=24, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.room}: {self.number}"
