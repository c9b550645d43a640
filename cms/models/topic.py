"""What a page is about: digital security, legal rights, wellbeing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hrdplatform.web.texts import TranslatedTexts, at_least_one, text_columns


class Topic(TranslatedTexts):
    """One row for all languages; its address holds the short name, the same in each."""

    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    name = text_columns(models.CharField(_("name"), max_length=120))
    description = text_columns(models.TextField(_("what belongs here"), max_length=600))
    place = models.PositiveSmallIntegerField(_("place in lists"), default=50)

    required_texts: ClassVar[tuple[str, ...]] = ("name",)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering: ClassVar[list[str]] = ["place", "slug"]
        constraints: ClassVar[list[models.BaseConstraint]] = [at_least_one("name", constraint="topic_name_filled")]

    def __str__(self) -> str:
        return str(self.name)
