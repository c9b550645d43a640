"""Images and their renditions; both private until a live page shows them."""

from __future__ import annotations

import secrets
from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Closing:
    """A filter that closes the file it was to write into when it fails."""

    def __init__(self, filter: Any) -> None:  # noqa: A002  # Wagtail's word
        self.filter = filter

    def __getattr__(self, name: str) -> Any:
        return getattr(self.filter, name)

    def run(self, image: Any, output: Any, **words: Any) -> Any:
        """As the filter does."""
        try:
            return self.filter.run(image, output, **words)
        except BaseException:
            output.close()
            raise


class PlatformImage(AbstractImage):
    """An image that an editor may place on a page."""

    admin_form_fields = Image.admin_form_fields

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> ContentFile[bytes]:  # noqa: A002  # Wagtail's word
        """The rendition's bytes. Wagtail leaves its temporary file to the garbage collector; this closes it at once."""
        with super().generate_rendition_file(Closing(filter), source=source) as made:
            made.seek(0)
            return ContentFile(made.read(), made.name)

    def get_upload_to(self, filename: str) -> str:
        """A random name: that of a camera or of a person's own computer says too much in a public address."""
        return f"original_images/{secrets.token_hex(12)}{PurePosixPath(filename).suffix.lower()}"


class PlatformRendition(AbstractRendition):
    """One size and format of an image."""

    image = models.ForeignKey(PlatformImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"),
        ]

    @property
    def url(self) -> str:
        """Our own address, whatever the storage: each request is asked whether a live page shows the image."""
        return reverse("media_rendition", args=[PurePosixPath(self.file.name).name])

    @property
    def full_url(self) -> str:
        """The same; mails and feeds put the host in front."""
        return self.url
