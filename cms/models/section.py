"""The learning section of a language, and within it the section of each organisation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from cms.models.standing import StandingPage
from cms.states import Format
from hrdplatform.organisations.models import Organisation

RESERVED = frozenset({"topics", "glossary", "initiatives", "calendar", "feed", "certificate", "progress", "useful"})
"""Words that stand in addresses below `/learn/` for something other than an organisation's section."""


class LearnPage(StandingPage):
    """The learning section of one language, at `/<language>/learn/`; made by `domain.sections`, never by hand."""

    template = "cms/learn.html"
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.SectionPage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]

    override_translatable_fields: ClassVar = [SynchronizedField("slug")]
    """Its address is no text to translate."""

    class Meta:
        verbose_name = _("learning section")
        verbose_name_plural = _("learning sections")

    @property
    def given_slug(self) -> str:
        """The same in every language: what is linked from elsewhere stays."""
        return "learn"

    def get_context(self, request: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Adds `topics`, `newest`, `trainings` and `sections`: what there is in this language."""
        from cms import queries  # noqa: PLC0415  # queries stand above models

        context: dict[str, Any] = super().get_context(request, *arguments, **options)
        context["topics"] = queries.topics_in(self.language)
        context["newest"] = queries.newest(self.language, most=8)
        context["trainings"] = queries.trainings_to_come(self.language, at=context["at"], most=3)
        context["sections"] = queries.sections_in(self.language)
        return context


class SectionPage(StandingPage):
    """The public page of an organisation and the place of all that it publishes, in one language.

    Its words come from the organisation's own row; authors of the organisation write below it and nowhere else.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    organisation.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # no use of it: it goes with it

    taken_words = RESERVED
    four_eyes = True

    template = "cms/section.html"
    parent_page_types: ClassVar[list[str]] = ["cms.LearnPage"]
    subpage_types: ClassVar[list[str]] = ["cms.GuidePage", "cms.CoursePage", "cms.TrainingPage", "cms.NewsPage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("section of an organisation")
        verbose_name_plural = _("sections of organisations")

    def get_context(self, request: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Adds what the organisation publishes in this language: `readings`, `trainings` to come, `news`."""
        from cms import queries  # noqa: PLC0415  # queries stand above models

        context: dict[str, Any] = super().get_context(request, *arguments, **options)
        own = queries.entries(self.language, (Format.GUIDE, Format.COURSE, Format.NEWS), organisation=self.organisation)
        context["readings"] = [entry for entry in own if entry.format != Format.NEWS]
        context["news"] = [entry for entry in own if entry.format == Format.NEWS][:5]
        context["trainings"] = queries.trainings_to_come(
            self.language, at=context["at"], most=5, organisation=self.organisation
        )
        return context
