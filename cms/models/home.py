"""The home page of one language, and the links at its foot."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail_localize.fields import SynchronizedField

from cms.blocks import WaysBlock
from cms.models.base import BasePage


class HomePage(BasePage):
    """The first page of a language: what this place is for and the ways in."""

    hero = models.CharField(_("headline"), max_length=160)
    ways = StreamField(WaysBlock(), verbose_name=_("ways in"), blank=True)

    template = "cms/home.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("hero"),
        FieldPanel("lead"),
        FieldPanel("ways"),
        MultipleChooserPanel("footer_links", chooser_field_name="page", label=_("Footer link")),
    ]

    override_translatable_fields: ClassVar = [SynchronizedField("slug")]
    """Its address is no text to translate."""

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def given_slug(self) -> str:
        """The code of its language."""
        return self.language


class FooterLink(Orderable):
    """A page named at the foot of every page. Each language shows its own translation of it."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="footer_links")
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels: ClassVar = [FieldPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("footer link")
        verbose_name_plural = _("footer links")
