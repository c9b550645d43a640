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
    CASE_OPENED = "legal_aid.case.opened", _("A request came in")
    CASE_READ = "legal_aid.case.read", _("A case was read")
    CASE_ACKNOWLEDGED = "legal_aid.case.acknowledged", _("A case was acknowledged")
    CASE_ERASED = "legal_aid.case.erased", _("A case was erased")
    RECORDS_ADDED = "legal_aid.records.added", _("Something was written in a case")
    EPOCH_OPENED = "legal_aid.epoch.opened", _("An epoch of a case was opened")
    RECEIPT_REPLACED = "legal_aid.receipt.replaced", _("A receipt was replaced")
    TEAM_FOUNDED = "legal_aid.team.founded", _("A legal-aid team was founded")
    TEAM_CHANGED = "legal_aid.team.changed", _("A legal-aid team’s public words were changed")
    LIST_IMPORTED = "legal_aid.list.imported", _("A signed member list was brought in")
    MEMBER_INVITED = "legal_aid.member.invited", _("Somebody was asked into a legal-aid team")
    MEMBER_CHANGED = "legal_aid.member.changed", _("What a member of a team may read was changed")
    MEMBER_REMOVED = "legal_aid.member.removed", _("A member of a team is to be taken off the list")
    KEYS_PROPOSED = "legal_aid.keys.proposed", _("A member made new keys")
    IDENTITY_STORED = "legal_aid.identity.stored", _("An identity file was stored")
