"""A legal-aid team: an organisation's lawyers and case workers under one signed list."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .identifiers import hex16


class TeamQuerySet(models.QuerySet["Team"]):
    def open(self) -> TeamQuerySet:
        """Teams that take requests: they have a signed list and did not close their door."""
        return self.filter(takes_requests=True, newest__isnull=False).select_related("newest", "organisation")


class Team(models.Model):
    """`hex` and `root` come with the first signed list and stay (the root changes by succession only)."""

    id = models.CharField(primary_key=True, max_length=32, default=hex16, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, verbose_name=_("organisation"))
    name = models.CharField(_("name"), max_length=120)
    languages = models.JSONField(_("languages"), default=list)
    mandate = models.TextField(_("who this team helps, and with what"), blank=True)
    takes_requests = models.BooleanField(_("takes requests"), default=True)
    answer_days = models.PositiveSmallIntegerField(_("working days until an answer"), default=2)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("team lead"), related_name="+")
    hex = models.CharField(max_length=32, blank=True, default="", editable=False)
    root = models.CharField(max_length=64, blank=True, default="", editable=False)
    newest = models.ForeignKey(
        "legal_aid.SignedList", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal-aid team")
        verbose_name_plural = _("legal-aid teams")
        constraints = [
            models.UniqueConstraint(fields=["hex"], condition=~models.Q(hex=""), name="team_hex_unique"),
            models.UniqueConstraint(fields=["organisation", "name"], name="team_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name
