"""A case: one defender's sealed request, with the few clear fields that the server works with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from legal_aid.states import Arrival, CaseStatus, Urgency

from .identifiers import hex16, reference
from .team import Team


class CaseQuerySet(models.QuerySet["Case"]):
    def open_to(self, *, team: Team, member: str) -> CaseQuerySet:
        """Cases whose newest case epoch the member reads. For everybody else a case is not there and not counted."""
        return self.filter(team=team, newest__wraps__reader=member)


class Case(models.Model):
    """`id` = first 16 bytes of H(P"case" || 0 || id of card 1). `locator` finds it by the receipt and is all that does.

    `trace` stands for the case in the audit record; erased with the case, it leaves lines that lead to nothing.
    `rank` orders the queue (urgent first). Pointers without reverse names keep the queue at one query.
    """

    id = models.CharField(primary_key=True, max_length=32)
    team = models.ForeignKey(Team, models.PROTECT, related_name="cases")
    locator = models.CharField(max_length=64, unique=True)
    trace = models.CharField(max_length=32, default=hex16, unique=True)
    reference = models.CharField(_("reference"), max_length=9, default=reference, unique=True)
    status = models.CharField(_("status"), max_length=24, choices=CaseStatus.choices, default=CaseStatus.RECEIVED)
    urgency = models.CharField(_("urgency"), max_length=4, choices=Urgency.choices, default=Urgency.OPEN)
    rank = models.PositiveSmallIntegerField(default=2)
    arrival = models.CharField(max_length=7, choices=Arrival.choices, default=Arrival.BROWSER)
    received_on = models.DateField(_("received"))
    acknowledged_on = models.DateField(_("acknowledged"), null=True, blank=True)
    held_by = models.CharField(_("with"), max_length=8, blank=True, default="")
    unread = models.PositiveIntegerField(default=0)
    news = models.BooleanField(default=True)
    newest = models.ForeignKey("legal_aid.Card", models.DO_NOTHING, related_name="+")
    newest_notes = models.ForeignKey("legal_aid.Card", models.DO_NOTHING, related_name="+", null=True, blank=True)
    first = models.ForeignKey("legal_aid.Record", models.DO_NOTHING, related_name="+", null=True, blank=True)
    summary = models.ForeignKey("legal_aid.Record", models.DO_NOTHING, related_name="+", null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["team", "rank", "received_on"], name="case_queue"),
            models.Index(fields=["news"], condition=models.Q(news=True), name="case_news"),
        ]

    def __str__(self) -> str:
        return self.reference


RANK = {Urgency.NOW: 0, Urgency.SOON: 1, Urgency.OPEN: 2}
