"""A course to take away: one file in one form, made by the worker."""

from __future__ import annotations

import secrets
from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models.course import CoursePage
from cms.states import Making, Parcel

ENDINGS: Final = {Parcel.EPUB: ".epub", Parcel.SITE: ".zip", Parcel.SCORM: "-scorm.zip"}
"""What follows the course's address in the address of its file."""


def stored_name(parcel: CourseParcel, _given: str) -> str:
    """A new name for each making, so that who downloads the old file gets all of it."""
    return f"parcels/{parcel.course_id}/{secrets.token_hex(8)}.{parcel.form}"


class CourseParcel(models.Model):
    """The newest file of a course in one form. While a new one is made, the old one is given out."""

    course = models.ForeignKey(CoursePage, on_delete=models.CASCADE, related_name="parcels")
    form = models.CharField(max_length=8, choices=Parcel.choices)
    state = models.CharField(max_length=8, choices=Making.choices, default=Making.WANTED)
    wanted_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    done = models.PositiveSmallIntegerField(default=0)
    """How much of it is made, in per cent."""
    file = models.FileField(upload_to=stored_name, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the file."""
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("offline package")
        verbose_name_plural = _("offline packages")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course", "form"], name="parcel_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "wanted_at"], name="parcel_by_state")]

    def __str__(self) -> str:
        return f"{self.course_id}.{self.form}"

    @property
    def ending(self) -> str:
        """How its address and its file's name end."""
        return ENDINGS[Parcel(self.form)]

    @property
    def address(self) -> str:
        """Path on the public door."""
        return f"{self.course.url_path.rstrip('/')}{self.ending}"
