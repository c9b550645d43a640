"""Images and their renditions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PlatformImage(AbstractImage):
    """An image that an editor may place on a page."""

    admin_form_fields = Image.admin_form_fields


class PlatformRendition(AbstractRendition):
    """One size and format of an image."""

    image = models.ForeignKey(PlatformImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"),
        ]
