"""Pictures that the worker still has to bring into the sizes of public pages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hrdplatform.media.models.image import PlatformImage


class PictureOrder(models.Model):
    """One row for each picture, written when a page that shows it goes live; gone when all its sizes are there."""

    image = models.OneToOneField(PlatformImage, on_delete=models.CASCADE, related_name="order", primary_key=True)
    due_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore: ClassVar[bool] = True
    """No use of the picture."""

    class Meta:
        verbose_name = _("picture to be prepared")
        verbose_name_plural = _("pictures to be prepared")

    def __str__(self) -> str:
        return f"{self.image_id}, try {self.tries + 1}"
