"""The answer clock: the only time finer than a day, for an urgent request that nobody has acknowledged yet."""

from __future__ import annotations

from django.db import models

from .case import Case


class AnswerClock(models.Model):
    """Deleted at acknowledgement. `step` counts the alarms given, `next_at` is when the next is due, null after the
    last.
    """

    case = models.OneToOneField(Case, models.DO_NOTHING, primary_key=True, related_name="clock")
    step = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, db_index=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.due_at)
