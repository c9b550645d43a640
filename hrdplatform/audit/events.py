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
    ACCOUNT_MADE = "accounts.account.made", _("An account was made")
    ACCOUNT_SWITCHED_OFF = "accounts.account.switched_off", _("An account was switched off")
    ACCOUNT_SWITCHED_ON = "accounts.account.switched_on", _("An account was switched on again")
    PROFILE_CHANGED = "accounts.profile.changed", _("Somebody changed the own name or language")
    SIGNED_IN = "accounts.session.signed_in", _("Somebody signed in with a password")
    SIGNED_OUT = "accounts.session.signed_out", _("Somebody signed out")
    FACTOR_SHOWN = "accounts.factor.shown", _("Somebody showed the second factor")
    FACTOR_REFUSED = "accounts.factor.refused", _("A second factor was refused")
    FACTORS_FORGOTTEN = "accounts.factors.forgotten", _("All devices of somebody were removed by an operator")
    DEVICE_ADDED = "accounts.device.added", _("Somebody added a device")
    DEVICE_REMOVED = "accounts.device.removed", _("Somebody removed a device")
    BACKUP_CODES_MADE = "accounts.backup_codes.made", _("Somebody made back-up codes")
    BACKUP_CODE_USED = "accounts.backup_code.used", _("A back-up code was used")
    PASSWORD_CHANGED = "accounts.password.changed", _("A password was changed")
    RESET_SENT = "accounts.reset.sent", _("A link for a new password was sent")

    # organisations
    ORGANISATION_MADE = "organisations.organisation.made", _("An organisation was made")
    ORGANISATION_CHANGED = "organisations.organisation.changed", _("The words of an organisation were changed")
    ORGANISATION_DELETED = "organisations.organisation.deleted", _("An organisation was deleted")
    INVITATION_SENT = "organisations.invitation.sent", _("Somebody was invited")
    INVITATION_WITHDRAWN = "organisations.invitation.withdrawn", _("An invitation was withdrawn")
    INVITATION_ACCEPTED = "organisations.invitation.accepted", _("An invitation was accepted")
    ROLE_GIVEN = "organisations.role.given", _("A role was given")
    ROLE_CHANGED = "organisations.role.changed", _("A role was changed")
    ROLE_TAKEN = "organisations.role.taken", _("A role was taken away")

    # media, office and cms
    GROUPS_CHANGED = "office.groups.changed", _("Somebody’s groups in the office were changed")

    ROW_MADE = "cms.row.made", _("A topic, term, initiative or emergency contact was made")
    ROW_CHANGED = "cms.row.changed", _("A topic, term, initiative or emergency contact was changed")
    ROW_DELETED = "cms.row.deleted", _("A topic, term, initiative or emergency contact was deleted")

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
    LIST_REQUESTED = "legal_aid.list.requested", _("The request for a signed member list was taken away")
    LIST_IMPORTED = "legal_aid.list.imported", _("A signed member list was brought in")
    MEMBER_INVITED = "legal_aid.member.invited", _("Somebody was asked into a legal-aid team")
    MEMBER_CHANGED = "legal_aid.member.changed", _("What a member of a team may read was changed")
    REMOVAL_ASKED = "legal_aid.removal.asked", _("The removal of a member from a legal-aid team was asked for")
    REMOVAL_WITHDRAWN = "legal_aid.removal.withdrawn", _("The removal of a member from a legal-aid team was withdrawn")
    MEMBER_REMOVED = "legal_aid.member.removed", _("A member of a team is to be taken off the list")
    KEYS_PROPOSED = "legal_aid.keys.proposed", _("A member made new keys")
    IDENTITY_STORED = "legal_aid.identity.stored", _("An identity file was stored")
