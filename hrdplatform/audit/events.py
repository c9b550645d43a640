"""The audit vocabulary: every event that leaves a line, named `room.noun.verb`. Each room adds its own below."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    """Values are frozen: they stand in hashed rows. A name that is no longer written stays here."""

    # audit and operations
    HEAD_SIGNED = "audit.head.signed", _("The head of the audit chain was signed and sent")
    BACKUP_MADE = "operations.backup.made", _("A backup was made")
    BACKUP_RESTORED = "operations.backup.restored", _("A backup was restored")

    # notices
    NOTICE_PARKED = "notices.notice.parked", _("A mail could not be sent and was set aside")
    NOTICE_RETRIED = "notices.notice.retried", _("A mail that was set aside was given another try")
    NOTICE_DROPPED = "notices.notice.dropped", _("A mail that was set aside was dropped")

    # accounts

    # organisations

    # media, office and cms

    # legal_aid
