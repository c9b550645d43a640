"""News of an organisation."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models.learning import LearningPage
from cms.states import Format


class NewsPage(LearningPage):
    """Something that happened, with its day."""

    format = Format.NEWS

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "cms/news.html"
    parent_page_types: ClassVar[list[str]] = ["cms.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        *LearningPage.about_panels,
    ]
    search_fields: ClassVar = [*LearningPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
