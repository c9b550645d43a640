"""A number to call when it burns: police, emergency doctor, helpline."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hrdplatform.web.texts import TranslatedTexts, at_least_one, text_columns


class EmergencyContact(TranslatedTexts):
    """Who answers, when, in which languages, and whether the call is free or shows on a bill."""

    name = text_columns(models.CharField(_("name"), max_length=160))
    use = text_columns(models.TextField(_("when to call"), max_length=400))
    hours = text_columns(models.CharField(_("opening hours"), max_length=160))
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    spoken = models.CharField(
        _("languages spoken"), max_length=60, blank=True, help_text=_("Codes with blanks between: fr de lb en pt")
    )
    immediate = models.BooleanField(_("for danger right now"), default=False)
    place = models.PositiveSmallIntegerField(_("place in lists"), default=50)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    required_texts: ClassVar[tuple[str, ...]] = ("name", "use")

    class Meta:
        verbose_name = _("emergency contact")
        verbose_name_plural = _("emergency contacts")
        ordering: ClassVar[list[str]] = ["-immediate", "place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            at_least_one("name", constraint="contact_name_filled"),
            models.CheckConstraint(condition=~models.Q(telephone="", website=""), name="contact_reachable"),
        ]

    def __str__(self) -> str:
        return str(self.name)
