"""What readers say about a page: was it useful?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Opinion(models.Model):
    """One answer, written once. Nothing about who gave it, and the day only."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="opinions")
    on = models.DateField()
    useful = models.BooleanField()
    words = models.TextField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("reader’s opinion")
        verbose_name_plural = _("readers’ opinions")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["page", "on"], name="opinion_by_page")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.useful}"
