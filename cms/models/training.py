"""A training event: a day, a place, how to register."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models.learning import LearningPage
from cms.states import Format


class TrainingPage(LearningPage):
    """Shown in the training calendar, also as iCalendar."""

    format = Format.TRAINING

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    online = models.BooleanField(_("one can take part online"), default=False)
    spoken = models.CharField(_("languages of the training"), max_length=80, blank=True)
    registration = models.URLField(_("address for registration"), blank=True)
    register_by = models.DateField(_("register by"), null=True, blank=True)
    cancelled = models.BooleanField(_("cancelled"), default=False)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "cms/training.html"
    parent_page_types: ClassVar[list[str]] = ["cms.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel([FieldPanel("place"), FieldPanel("online"), FieldPanel("spoken")]),
        FieldRowPanel([FieldPanel("registration"), FieldPanel("register_by"), FieldPanel("cancelled")]),
        FieldPanel("body"),
        *LearningPage.about_panels,
    ]
    search_fields: ClassVar = [index.SearchField("body"), *LearningPage.search_fields, index.SearchField("place")]

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")

    def get_context(self, request: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Adds `over` (it has ended) and `registering` (one can still register)."""
        context: dict[str, Any] = super().get_context(request, *arguments, **options)
        context["over"] = self.ends_at <= context["at"]
        closed = self.register_by is not None and self.register_by < context["today"]
        context["registering"] = bool(self.registration) and not (self.cancelled or closed or context["over"])
        return context

    def clean(self) -> None:
        """Raises `ValidationError` for a training that ends before it begins."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end comes after the beginning.")})
