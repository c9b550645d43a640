"""A course, its modules and their lessons."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import WORDS, BodyBlock, LessonBlock
from cms.models.base import BasePage
from cms.models.learning import LearningPage
from cms.models.noted import NotedPage
from cms.states import Format

NOTES = [*WORDS, "h3", "ol", "ul"]
"""What facilitator notes may hold."""


class CoursePage(LearningPage):
    """What one can do afterwards, what one should know before, and the way through the lessons."""

    format = Format.COURSE

    objectives = models.TextField(
        _("objectives"), max_length=1000, blank=True, help_text=_("What learners can do afterwards, one on each line.")
    )
    prerequisites = models.TextField(
        _("prerequisites"),
        max_length=600,
        blank=True,
        help_text=_("What learners should know or have, one on each line."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("introduction"), blank=True)
    facilitator_notes = RichTextField(
        _("facilitator notes"), features=NOTES, blank=True, help_text=_("For people who teach this course to a group.")
    )

    template = "cms/course.html"
    parent_page_types: ClassVar[list[str]] = ["cms.SectionPage"]
    subpage_types: ClassVar[list[str]] = ["cms.ModulePage"]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("objectives"),
        FieldPanel("prerequisites"),
        FieldPanel("body"),
        FieldPanel("facilitator_notes"),
        *LearningPage.about_panels,
    ]
    search_fields: ClassVar = [
        *LearningPage.search_fields,
        index.SearchField("objectives"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def get_context(self, request: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Adds `outline` (modules and lessons), `parcels` (files to take away) and `key` (what a device calls it)."""
        from cms import courses, queries  # noqa: PLC0415  # they stand above models

        context: dict[str, Any] = super().get_context(request, *arguments, **options)
        context["outline"] = courses.outline_of(self)
        context["parcels"] = queries.parcels_of(self)
        context["key"] = courses.device_key(self.translation_key)
        return context


class ModulePage(BasePage):
    """A part of a course."""

    four_eyes = True

    template = "cms/module.html"
    parent_page_types: ClassVar[list[str]] = ["cms.CoursePage"]
    subpage_types: ClassVar[list[str]] = ["cms.LessonPage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def get_context(self, request: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Adds `course`, `outline` and `part` (this module in it)."""
        context: dict[str, Any] = super().get_context(request, *arguments, **options)
        context.update(course_context(self, context["today"]))
        context["part"] = next((part for part in context["outline"].parts if part.pk == self.pk), None)
        return context


class LessonPage(NotedPage):
    """One sitting: a text, checklists and questions to check oneself."""

    format = Format.LESSON
    four_eyes = True

    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    body = StreamField(LessonBlock(), verbose_name=_("body"), blank=True)
    facilitator_notes = RichTextField(_("facilitator notes"), features=NOTES, blank=True)

    template = "cms/lesson.html"
    parent_page_types: ClassVar[list[str]] = ["cms.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("minutes"),
        FieldPanel("body"),
        FieldPanel("facilitator_notes"),
    ]
    search_fields: ClassVar = [*NotedPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def get_context(self, request: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Adds the course and its outline, `place` (lesson n of m) and `key` (what a device calls it)."""
        from cms import courses  # noqa: PLC0415  # it stands above models

        context: dict[str, Any] = super().get_context(request, *arguments, **options)
        context.update(course_context(self, context["today"]))
        context["place"] = context["outline"].place(self.pk)
        context["key"] = courses.device_key(self.translation_key)
        return context


def course_context(page: BasePage, today: date) -> dict[str, Any]:
    """What modules and lessons show of their course, which answers for them. Empty values for a page without one."""
    from cms.above import above  # noqa: PLC0415  # it stands above models
    from cms.courses import device_key  # noqa: PLC0415

    place = above(page)
    course = place.course
    return {
        "course": course,
        "about": course,
        "section": place.section,
        "overdue": course is not None and course.overdue(today),
        "outline": place.outline,
        "course_key": device_key(course.translation_key) if course else "",
    }
