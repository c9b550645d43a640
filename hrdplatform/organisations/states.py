"""The words of organisations: what kind one is, and what somebody may be in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an organisation is. Exactly one is the platform itself; its administrators look after all."""

    PLATFORM = "platform", _("This platform")
    NGO = "ngo", _("Civil-society organisation")
    MINISTRY = "ministry", _("Ministry or administration")
    INSTITUTION = "institution", _("Independent institution")
    LAW_FIRM = "law_firm", _("Law firm or legal clinic")


class Role(models.TextChoices):
    """What a person may be in an organisation. One person may have several roles, in several organisations."""

    MEMBER = "member", _("Member without an office role")
    AUTHOR = "author", _("Author")
    EDITOR = "editor", _("Editor")
    OFFICIAL = "official", _("Official")
    STRATEGY_OFFICER = "strategy_officer", _("Strategy officer")
    ASSESSOR = "assessor", _("Assessor")
    ADMINISTRATOR = "administrator", _("Administrator")
