"""Blocks that choose a row: a glossary term, a video."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from wagtail.blocks import ChooserBlock


class TermChooserBlock(ChooserBlock):
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


class VideoChooserBlock(ChooserBlock):
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
