"""News of an organisation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.models.article import ArticlePage
from cms.states import Format


class NewsPage(ArticlePage):
    """Something that happened, with its day."""

    format = Format.NEWS

    template = "cms/news.html"

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
