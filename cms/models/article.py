"""A page that can be read in one go: what guides and news have in common."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models.learning import LearningPage


class ArticlePage(LearningPage):
    """A body, and nothing below it."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["cms.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        *LearningPage.about_panels,
    ]
    search_fields: ClassVar = [index.SearchField("body"), *LearningPage.search_fields]

    class Meta:
        abstract = True
