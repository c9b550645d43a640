"""What guides, courses, trainings and news have in common: for whom, how deep, by whom, good until when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.models.base import BasePage
from cms.models.topic import Topic
from cms.states import Audience, Format, Level, Licence


class LearningPage(BasePage):
    """A page in an organisation's section. Whose it is follows from where it stands, never from a field."""

    format: ClassVar[Format]
    """What this kind of page is in the catalogue."""

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
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("contributors")]

    class Meta:
        abstract = True
