"""Tombstones: that some case was erased, on which day, at whose wish; nothing leads back to which."""

from __future__ import annotations

from django.db import models

from legal_aid.states import Eraser

from .identifiers import hex16


class Tombstone(models.Model):
    """All that stays of an erased case."""

    id = models.CharField(primary_key=True, max_length=32, default=hex16, editable=False)
    day = models.DateField()
    by = models.CharField(max_length=10, choices=Eraser.choices)

    def __str__(self) -> str:
        return str(self.day)


class Vacuum(models.Model):
    """That erased pages are still to be driven out of the database's files; one row while that is so.

    PostgreSQL's nightly work holds a second one while it lasts.
    """

    ONLY = 1
    BEGUN = 2

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)

    def __str__(self) -> str:
        return "vacuum"
