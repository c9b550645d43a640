"""The ways in from the home page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class WayBlock(blocks.StructBlock):
    """A way in from the home page: what one can do here, in a few words."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=400)
    page = blocks.PageChooserBlock(label=_("Page"))

    class Meta:
        icon = "arrow-right"
        label = _("Way in")


class WaysBlock(blocks.StreamBlock):
    """The ways in from the home page, in order."""

    way = WayBlock()
