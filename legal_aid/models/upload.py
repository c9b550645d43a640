"""Uploads: a sealed file as a list of parts of at most 8 MiB, each a blob in the storage; nobody assembles them."""

from __future__ import annotations

from django.db import models

from .case import Case
from .identifiers import hex16

PART = 8 * 1024 * 1024


class Upload(models.Model):
    """Before it is claimed an upload belongs to a visit, a script-less session or a case, and dies at `expires_at`.

    Claimed, it carries its `digest` and its case, and no time at all.
    """

    id = models.CharField(primary_key=True, max_length=32, default=hex16, editable=False)
    owner = models.CharField(max_length=64, blank=True, default="")
    case = models.ForeignKey(Case, models.DO_NOTHING, related_name="uploads", null=True, blank=True)
    sealed = models.PositiveBigIntegerField()
    parts_expected = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True, default="")
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "digest"], condition=~models.Q(digest=""), name="upload_digest_once"
            ),
            models.CheckConstraint(
                condition=models.Q(digest="", expires_at__isnull=False)
                | (~models.Q(digest="") & models.Q(expires_at__isnull=True, case__isnull=False)),
                name="upload_claimed_or_dying",
            ),
        ]
        indexes = [
            models.Index(fields=["owner"], name="upload_owner"),
            models.Index(fields=["expires_at"], condition=models.Q(digest=""), name="upload_dying"),
        ]

    def __str__(self) -> str:
        return self.id[:8]


class UploadPart(models.Model):
    """`blob` was committed here before its first byte was written; `stored` says that all of them are on the disk."""

    id = models.CharField(primary_key=True, max_length=32, default=hex16, editable=False)
    upload = models.ForeignKey(Upload, models.DO_NOTHING, related_name="parts")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveIntegerField(default=0)
    blob = models.CharField(max_length=80, unique=True)
    stored = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="part_number_unique")]

    def __str__(self) -> str:
        return str(self.number)


class BlobDeletion(models.Model):
    """The name of a blob that is to go; the row stays until the storage has let go of it."""

    blob = models.CharField(primary_key=True, max_length=80)

    def __str__(self) -> str:
        return self.blob
