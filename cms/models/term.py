"""A word that lessons explain: the glossary."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hrdplatform.web.texts import TranslatedTexts, at_least_one, text_columns


class Term(TranslatedTexts):
    """A term and what it means, in each language. Pages show it as `<dfn>` with a link into the glossary."""

    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    word = text_columns(models.CharField(_("word"), max_length=120))
    meaning = text_columns(models.TextField(_("meaning"), max_length=1000))

    required_texts: ClassVar[tuple[str, ...]] = ("word", "meaning")

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering: ClassVar[list[str]] = ["slug"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            at_least_one("word", constraint="term_word_filled"),
            at_least_one("meaning", constraint="term_meaning_filled"),
        ]

    def __str__(self) -> str:
        return str(self.word)
