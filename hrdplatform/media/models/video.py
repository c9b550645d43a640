"""Videos of our own, with everything that somebody needs who cannot hear or see them."""

from __future__ import annotations

import secrets
from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import CollectionMember
from wagtail.search import index

from hrdplatform.media import captions
from hrdplatform.media.models.image import PlatformImage
from hrdplatform.web.languages import NAMES


def stored_name(_row: Any, given: str) -> str:
    """A random name: that of a person's own file says too much in a public address."""
    return f"videos/{secrets.token_hex(12)}{PurePosixPath(given).suffix.lower()}"


def address_of(view: str, file: Any) -> str:
    """Where a stored file is asked for."""
    return reverse(view, args=[PurePosixPath(str(file.name)).name])


class PlatformVideo(CollectionMember, index.Indexed, ClusterableModel):
    """A file of ours, or a link that nobody contacts before a click. What it needs to be shown: see `lacking`."""

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
    wordless = models.BooleanField(
        _("nobody speaks in it"),
        default=False,
        help_text=_("It then needs no captions; the transcript tells what one sees."),
    )
    transcript = models.TextField(_("transcript"), blank=True, help_text=_("All that is said and all that one sees."))
    described = models.FileField(_("version with audio description"), upload_to=stored_name, blank=True)
    uploaded_by = models.ForeignKey(
        "accounts.User", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    refused: ClassVar[bool] = False
    """Whether a form refused the file or the address already, so that it is in neither place."""

    search_fields: ClassVar = [
        *CollectionMember.search_fields,
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("transcript"),
        index.FilterField("language"),
        index.FilterField("uploaded_by"),
    ]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        ordering: ClassVar[list[str]] = ["title"]
        permissions: ClassVar[list[tuple[str, str]]] = [("choose_platformvideo", "Can choose video")]
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
        return address_of("media_video", self.file) if self.file else ""

    @property
    def described_url(self) -> str:
        """The address of the version with audio description; empty where there is none."""
        return address_of("media_video", self.described) if self.described else ""

    @property
    def lacks(self) -> str:
        """What it needs before a page may show it, in words; see `lacking`."""
        return self.lacking(captioned=any(track.kind == Track.Kind.CAPTIONS for track in self.tracks.all()))

    def lacking(self, *, captioned: bool) -> str:
        """What somebody who cannot hear or see it would miss, in words; empty where that is nothing.

        Every video has a transcript, and one of ours in which somebody speaks captions too. What is shown elsewhere is
        captioned there.
        """
        mute = bool(self.file) and not self.wordless and not captioned
        if not self.transcript.strip():
            return str(_("captions and a transcript") if mute else _("a transcript"))
        return str(_("captions")) if mute else ""

    def clean(self) -> None:
        """Raises `ValidationError` for a video that is in no place, or in two."""
        super().clean()
        if not self.refused and bool(self.file) == bool(self.address):
            raise ValidationError(_("Send a file, or give the address of a video elsewhere: one of the two."))


class Track(models.Model):
    """Captions, chapters or descriptions in one language, as WebVTT."""

    class Kind(models.TextChoices):
        """As HTML names them."""

        CAPTIONS = "captions", _("Captions")
        CHAPTERS = "chapters", _("Chapters")
        DESCRIPTIONS = "descriptions", _("Descriptions")

    video = ParentalKey(PlatformVideo, on_delete=models.CASCADE, related_name="tracks")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.CAPTIONS)
    language = models.CharField(_("language"), max_length=8, choices=list(NAMES.items()))
    file = models.FileField(_("WebVTT file"), upload_to=stored_name)

    panels: ClassVar = [FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]), FieldPanel("file")]

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering: ClassVar[list[str]] = ["kind", "language"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["video", "kind", "language"], name="track_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"

    def clean(self) -> None:
        """Raises `ValidationError` for a new file that is no WebVTT of ours. One that is stored is not opened again."""
        super().clean()
        if self.file and not getattr(self.file, "_committed", True) and isinstance(self.file.file, UploadedFile):
            try:
                captions.check(
                    self.file.file, self.file.file.name or "", self.file.size, markup=self.kind != Track.Kind.CHAPTERS
                )
            except captions.CaptionsRefusedError as refused:
                raise ValidationError({"file": refused}) from refused

    @property
    def url(self) -> str:
        """Our own address; public with its video."""
        return address_of("media_track", self.file)
