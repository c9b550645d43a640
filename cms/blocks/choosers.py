"""Blocks that choose a row: a glossary term, a video, a document, an image."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from wagtail.blocks import ChooserBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class Chosen(ChooserBlock):
    """Does not ask a second time for the row that reading the form has just brought."""

    def clean(self, value: Any) -> Any:
        """As Wagtail's, which asks for the row by its key."""
        if not isinstance(value, self.model_class):
            return super().clean(value)
        self.field.run_validators(value)
        return value


class TermChooserBlock(Chosen):
    """A term of the glossary."""

    @cached_property
    def target_model(self) -> Any:
        from cms.models.term import Term  # noqa: PLC0415  # pages import blocks

        return Term

    @cached_property
    def widget(self) -> Any:
        from cms.office.terms import term_chooser  # noqa: PLC0415  # the office stands above models

        return term_chooser.widget_class()

    class Meta:
        icon = "bold"


class VideoChooserBlock(Chosen):
    """A video."""

    @cached_property
    def target_model(self) -> Any:
        from hrdplatform.media.models import PlatformVideo  # noqa: PLC0415  # media's models load with the apps

        return PlatformVideo

    @cached_property
    def widget(self) -> Any:
        from hrdplatform.office.videos import video_chooser  # noqa: PLC0415  # the office stands above models

        return video_chooser.widget_class()

    class Meta:
        icon = "media"


class FileChooserBlock(Chosen, DocumentChooserBlock):
    """A document."""

    def deconstruct(self) -> Any:
        """Migrations know Wagtail's: what is stored is the same."""
        return "wagtail.documents.blocks.DocumentChooserBlock", *super().deconstruct()[1:]


class PictureChooserBlock(Chosen, ImageChooserBlock):
    """The image within a picture's block, without its words. Migrations see the whole block only."""
