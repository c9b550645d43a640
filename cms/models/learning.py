"""What guides, courses, trainings and news have in common: for whom, how deep, by whom, good until when."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.models.noted import NotedPage
from cms.models.topic import Topic
from cms.states import Audience, Format, Level, Licence


class LearningPage(NotedPage):
    """A page in an organisation's section. Whose it is follows from where it stands, never from a field."""

    format: ClassVar[Format]
    """What this kind of page is in the catalogue."""

    taken_words = frozenset({"feed"})
    four_eyes = True

    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    audience = models.CharField(
        _("for whom"), max_length=16, choices=Audience.choices, default=Audience.EVERYBODY, blank=False
    )
    level = models.CharField(_("level"), max_length=12, choices=Level.choices, blank=True)
    licence = models.CharField(_("licence"), max_length=24, choices=Licence.choices, default=Licence.BY_SA)
    contributors = models.CharField(
        _("written by"),
        max_length=300,
        blank=True,
        help_text=_("Names only of people who want to be named in public."),
    )
    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("When somebody last made sure that it is still right.")
    )
    review_by = models.DateField(
        _("check again by"),
        null=True,
        blank=True,
        help_text=_("After this day readers are told that it was not checked, and you get a mail."),
    )

    about_panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("topic"), FieldPanel("audience"), FieldPanel("level")]),
                FieldRowPanel([FieldPanel("licence"), FieldPanel("contributors")]),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("review_by")]),
            ],
            heading=_("For whom, by whom, good until when"),
        ),
    ]
    search_fields: ClassVar = [*NotedPage.search_fields, index.SearchField("contributors")]

    class Meta:
        abstract = True

    def get_context(self, request: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Adds `about` (who answers for the page: itself), `section` (whose it is) and `overdue`."""
        from cms.above import above  # noqa: PLC0415  # it stands above models

        context: dict[str, Any] = super().get_context(request, *arguments, **options)
        context["about"] = self
        context["section"] = above(self).section
        context["overdue"] = self.overdue(context["today"])
        return context

    def overdue(self, today: date) -> bool:
        """Whether the day by which somebody wanted to check it again has passed."""
        return self.review_by is not None and self.review_by < today
