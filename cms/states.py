"""The words of the front hall: for whom, how deep, under which licence, and what a page is in the catalogue."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How much somebody should know before."""

    BEGINNER = "beginner", _("Beginner")
    ADVANCED = "advanced", _("Advanced")
    EXPERT = "expert", _("Expert")


class Audience(models.TextChoices):
    """For whom something was written."""

    EVERYBODY = "everybody", _("Everybody")
    DEFENDERS = "defenders", _("Human-rights defenders")
    ORGANISATIONS = "organisations", _("Associations and their staff")
    FACILITATORS = "facilitators", _("Trainers and facilitators")
    JOURNALISTS = "journalists", _("Journalists")
    OFFICIALS = "officials", _("Officials")


class Licence(models.TextChoices):
    """What readers may do with it. The values are SPDX identifiers."""

    BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0: share and adapt, name the authors, keep the licence")
    BY = "CC-BY-4.0", _("CC BY 4.0: share and adapt, name the authors")
    BY_NC_SA = "CC-BY-NC-SA-4.0", _("CC BY-NC-SA 4.0: as CC BY-SA, not for profit")
    ZERO = "CC0-1.0", _("CC0 1.0: do with it what you like")
    RESERVED = "LicenseRef-reserved", _("All rights reserved: read and print only")


class Format(models.TextChoices):
    """What a page is for who looks for something to learn."""

    GUIDE = "guide", _("Guide")
    COURSE = "course", _("Course")
    LESSON = "lesson", _("Lesson")
    TRAINING = "training", _("Training")
    NEWS = "news", _("News")


class Parcel(models.TextChoices):
    """The forms in which a course can be taken away. The values end the file's name."""

    EPUB = "epub", _("EPUB, for readers and phones")
    SITE = "zip", _("Website in a zip file, for a memory stick")
    SCORM = "scorm", _("SCORM 1.2, for a learning platform such as Moodle")


class Making(models.TextChoices):
    """Where a parcel stands."""

    WANTED = "wanted", _("Waiting to be made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


class Arrival(models.TextChoices):
    """Where a folder stands that somebody sent in."""

    WANTED = "wanted", _("Waiting to be read")
    LOOKED = "looked", _("Nothing is wrong, nothing is changed yet")
    TAKEN = "taken", _("Taken in")
    BROKEN = "broken", _("Something has to be put right")
    STOPPED = "stopped", _("Stopped, nothing was changed")


class Occupation(models.TextChoices):
    """What an initiative is."""

    ASSOCIATION = "association", _("Association")
    CIVIC_TECH = "civic_tech", _("Civic technology")
    NETWORK = "network", _("Network or platform")
    INSTITUTION = "institution", _("Independent institution")
    GROUP = "group", _("Citizens’ group")
