"""An organisation: a ministry, an association, an institution, a law firm, or the platform itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hrdplatform.organisations.states import Kind
from hrdplatform.web.texts import TranslatedTexts, at_least_one, text_columns


class Organisation(TranslatedTexts):
    """Who stands behind pages, consultations, measures and legal-aid teams. Name and description per language."""

    name = text_columns(models.CharField(_("name"), max_length=200))
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.NGO)
    website = models.URLField(_("website"), blank=True)
    description = text_columns(models.TextField(_("public description"), max_length=2000))

    required_texts: ClassVar[tuple[str, ...]] = ("name",)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering: ClassVar[list[str]] = ["slug"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            at_least_one("name", constraint="organisation_name_filled"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(kind=Kind.PLATFORM), name="organisation_one_platform"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
