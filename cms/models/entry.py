"""The catalogue: one row for each live page that somebody may look for, with all that a list of pages shows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.models.topic import Topic
from cms.states import Audience, Format, Level
from hrdplatform.organisations.models import Organisation


class Entry(models.Model):
    """Written by `domain.catalogue` when a page goes live, taken out when it goes; never edited by hand."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="entry")
    language = models.CharField(max_length=8)
    format = models.CharField(max_length=12, choices=Format.choices)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    audience = models.CharField(max_length=16, choices=Audience.choices, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=255)
    lead = models.TextField(blank=True)
    address = models.TextField()
    """Path on the public door, with the language."""
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    review_by = models.DateField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)
    """When the owners were last told that it is to be checked."""

    class Meta:
        verbose_name = _("catalogue entry")
        verbose_name_plural = _("catalogue")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["language", "format", "-published_at"], name="entry_by_language"),
            models.Index(fields=["organisation", "language"], name="entry_by_organisation"),
            models.Index(fields=["review_by"], name="entry_by_review"),
            models.Index(fields=["starts_at"], name="entry_by_start"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"


class Change(models.Model):
    """A public note on what changed in a page, kept for its readers."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    note = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["page", "at"], name="change_once"),
        ]

    def __str__(self) -> str:
        return self.note
