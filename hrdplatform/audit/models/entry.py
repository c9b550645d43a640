"""An audit entry: who did what to which object, written once in the verb's own transaction and linked afterwards."""

from __future__ import annotations

import secrets
from datetime import UTC

from django.db import models
from django.utils.translation import gettext_lazy as _

from hrdplatform.audit.canonical import digest


def random_identifier() -> int:
    """A random number of 63 bits: row numbers in order would tell when a day-coarse row was written."""
    return secrets.randbits(63)


class EntryQuerySet(models.QuerySet["Entry"]):
    def linked(self) -> EntryQuerySet:
        """The entries that stand in the chain, first one first."""
        return self.filter(sequence__isnull=False).order_by("sequence")

    def unlinked(self) -> EntryQuerySet:
        return self.filter(sequence__isnull=True).order_by("at", "id")


class Entry(models.Model):
    """Never changed, never deleted: triggers refuse both. Only the three linking columns go once from null to a value.

    `actor` and `object` name people and things as plain values (`user:<id>`, `defender`, `system`, `case:<id>`), so
    that no foreign key goes up. `facts` are short plain values, never content. `event` is a value of `Event`, without
    choices, since each new event would else be a migration.
    """

    id = models.BigAutoField(primary_key=True, default=random_identifier)
    event = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    object = models.CharField(max_length=120)
    door = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    sequence = models.BigIntegerField(null=True, unique=True)
    previous = models.CharField(max_length=64, null=True)  # noqa: DJ001  # null is "not linked yet"
    digest = models.CharField(max_length=64, null=True)  # noqa: DJ001  # as above

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["at"], name="audit_unlinked", condition=models.Q(sequence__isnull=True)),
            models.Index(fields=["object", "at"], name="audit_object"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sequence__isnull=True, previous__isnull=True, digest__isnull=True)
                | models.Q(sequence__gte=1, previous__isnull=False, digest__isnull=False),
                name="audit_linked_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.object}"

    def digest_after(self, previous: str, *, sequence: int) -> str:
        """The hash of this entry as number `sequence` after `previous`. The format is frozen: rows carry it."""
        return digest(
            {
                "id": str(self.id),
                "sequence": sequence,
                "previous": previous,
                "event": str(self.event),
                "actor": self.actor,
                "object": self.object,
                "door": self.door,
                "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
                "facts": self.facts,
            }
        )
