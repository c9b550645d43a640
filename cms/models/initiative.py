"""An initiative in the public directory: who they are, what they do, how to reach them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models.topic import Topic
from cms.states import Occupation
from hrdplatform.organisations.models import Organisation
from hrdplatform.web.texts import TranslatedTexts, at_least_one, text_columns


class Initiative(TranslatedTexts):
    """An association or civic-tech initiative that wants to be found. An organisation looks after its entry."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("looked after by")
    )
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    occupation = models.CharField(_("kind"), max_length=12, choices=Occupation.choices, default=Occupation.ASSOCIATION)
    name = text_columns(models.CharField(_("name"), max_length=160))
    purpose = text_columns(models.TextField(_("what they do"), max_length=1000))
    joining = text_columns(models.TextField(_("how to take part"), max_length=600))
    topics = models.ManyToManyField(Topic, blank=True, related_name="initiatives", verbose_name=_("topics"))
    town = models.CharField(_("town"), max_length=80, blank=True)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("public e-mail address"), blank=True)
    telephone = models.CharField(_("public telephone"), max_length=40, blank=True)
    shown = models.BooleanField(_("shown to the public"), default=False)
    proposed = models.JSONField(null=True, editable=False)
    """What an author would have readers see instead, by field; none where nothing waits for an editor."""

    required_texts: ClassVar[tuple[str, ...]] = ("name", "purpose")

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering: ClassVar[list[str]] = ["slug"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            at_least_one("name", constraint="initiative_name_filled"),
            models.CheckConstraint(
                condition=models.Q(shown=False) | ~models.Q(website="", email="", telephone=""),
                name="initiative_reachable",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
