"""The plain page: a title, a lead and blocks."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models.base import BELOW_HOME
from cms.models.noted import NotedPage


class StandardPage(NotedPage):
    """A page of text: about, privacy, accessibility, a guide's beginning."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    taken_words = BELOW_HOME

    template = "cms/standard.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["cms.StandardPage", "cms.ChannelsPage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields: ClassVar = [*NotedPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
