"""A folder that somebody sent in: read by the worker, looked at or taken, and gone after a day."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.states import Arrival
from hrdplatform.accounts.models import User
from hrdplatform.organisations.models import Organisation


def place() -> str:
    """A name that nobody guesses, for what is stored of one folder."""
    return secrets.token_hex(16)


class SentFolder(models.Model):
    """One folder on its way in. Its file lies in the storage under no address, and goes when it is no longer needed."""

    wagtail_reference_index_ignore = True  # a page is not in use because it came from here

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    """What its sender calls the file."""
    place = models.CharField(max_length=32, unique=True, default=place, editable=False)
    state = models.CharField(max_length=8, choices=Arrival.choices, default=Arrival.WANTED)
    dry = models.BooleanField()
    """Whether it is only to be looked at."""
    done = models.PositiveSmallIntegerField(default=0)
    """How much of it is read, in per cent."""
    pictures = models.JSONField(default=dict)
    """Path of each picture in it -> `copy`, the name of its clean copy in the storage, or `refused`, the reason; null
    while it was not looked at. Nothing as long as the texts were not read.
    """
    findings = models.JSONField(default=list)
    """File, line and words of all that is wrong."""
    report = models.JSONField(default=dict)
    """What was made and changed, or would be."""
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    turn_at = models.DateTimeField()
    """When the worker last read on; of several folders it reads by turns."""
    tries = models.PositiveSmallIntegerField(default=0)
    """Turns that were begun and did not come to their end."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("folder that was sent in")
        verbose_name_plural = _("folders that were sent in")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "turn_at"], name="sent_by_state")]

    def __str__(self) -> str:
        return self.name
