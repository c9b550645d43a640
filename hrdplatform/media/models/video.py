"""Videos of our own, with everything that somebody needs who cannot hear or see them."""

from __future__ import annotations

import secrets
from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import CollectionMember
from wagtail.search import index

from hrdplatform.media.models.image import PlatformImage
from hrdplatform.web.languages import NAMES


def stored_name(_row: Any, given: str) -> str:
    """A random name: that of a person's own file says too much in a public address."""
    return f"videos/{secrets.token_hex(12)}{PurePosixPath(given).suffix.lower()}"


class PlatformVideo(CollectionMember, index.Indexed, models.Model):
    """A file of ours, or a link that nobody contacts before a click. It needs captions or a transcript to be shown."""

    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to=stored_name, blank=True)
    address = models.URLField(
        _("address elsewhere"),
        blank=True,
        help_text=_("Shown as a link. Readers contact that site only if they click."),
    )
    poster = models.ForeignKey(
        PlatformImage,
        verbose_name=_("still picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(_("spoken language"), max_length=8, choices=list(NAMES.items()))
    seconds = models.PositiveIntegerField(_("length in seconds"), default=0)
    transcript = models.TextField(_("transcript"), blank=True, help_text=_("All that is said and all that one sees."))
    described = models.FileField(_("version with audio description"), upload_to=stored_name, blank=True)
    uploaded_by = models.ForeignKey(
        "accounts.User", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    search_fields: ClassVar = [
        *CollectionMember.search_fields,
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("transcript"),
        index.FilterField("language"),
    ]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        ordering: ClassVar[list[str]] = ["title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(file="", address__gt="") | models.Q(file__gt="", address=""), name="video_one_place"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Our own address, asked anew at each request whether a live page shows it; empty for a link elsewhere."""
        return reverse("media_video", args=[PurePosixPath(str(self.file.name)).name]) if self.file else ""


class Track(models.Model):
    """Captions, chapters or descriptions in one language, as WebVTT."""

    class Kind(models.TextChoices):
        """As HTML names them."""

        CAPTIONS = "captions", _("Captions")
        CHAPTERS = "chapters", _("Chapters")
        DESCRIPTIONS = "descriptions", _("Descriptions")

    video = models.ForeignKey(PlatformVideo, on_delete=models.CASCADE, related_name="tracks")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.CAPTIONS)
    language = models.CharField(_("language"), max_length=8, choices=list(NAMES.items()))
    file = models.FileField(_("WebVTT file"), upload_to=stored_name)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering: ClassVar[list[str]] = ["kind", "language"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["video", "kind", "language"], name="track_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"

    @property
    def url(self) -> str:
        """Our own address; public with its video."""
        return reverse("media_track", args=[PurePosixPath(str(self.file.name)).name])
