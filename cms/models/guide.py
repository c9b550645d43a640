"""A guide: one page that can be read in one go, checked again from time to time."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.models.article import ArticlePage
from cms.states import Format


class GuidePage(ArticlePage):
    """Digital security, legal rights, wellbeing: what to do, in order."""

    format = Format.GUIDE

    template = "cms/reading.html"

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
