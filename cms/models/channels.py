"""Which channel? The guide for whistleblowers: who is there for what, found by a few questions, without scripts."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock, ChannelsBlock
from cms.models.base import BasePage


class ChannelsPage(BasePage):
    """Channels (an authority, the Office des signalements, legal advice, the press) and for whom each is right."""

    introduction = StreamField(BodyBlock(), verbose_name=_("introduction"), blank=True)
    channels = StreamField(ChannelsBlock(), verbose_name=_("channels"), blank=True)

    template = "cms/channels.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("introduction"),
        FieldPanel("channels"),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("channels"),
    ]

    class Meta:
        verbose_name = _("guide to channels")
        verbose_name_plural = _("guides to channels")
