"""The kinds of notice, each with the template `notices/<kind>.txt` (first line: the subject) and its policy.

A room adds its kinds below its heading and its template in its own `templates/notices/` folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    # audit and operations
    AUDIT_HEAD = "audit.head", _("The signed head of the audit chain")

    # accounts and organisations
    PASSWORD_RESET = "accounts.password_reset", _("A link for a new password")
    PASSWORD_CHANGED = "accounts.password_changed", _("The password was changed")
    DEVICE_ADDED = "accounts.device_added", _("A device was added")
    DEVICE_REMOVED = "accounts.device_removed", _("A device was removed")
    BACKUP_CODE_USED = "accounts.backup_code_used", _("A back-up code was used")
    INVITATION = "organisations.invitation", _("An invitation")
    ROLE_CHANGED = "organisations.role_changed", _("A role was changed")

    # cms
    REVIEW_WANTED = "cms.review_wanted", _("A page waits for a second person")
    SENT_BACK = "cms.sent_back", _("A page was sent back")
    APPROVED = "cms.approved", _("A page was approved")
    CHECK_SOON = "cms.check_soon", _("A page is to be checked soon")
    CHECK_DUE = "cms.check_due", _("A page is to be checked now")

    # legal_aid: constant words, no reference, see POLICIES
    AID_NEWS = "aid.news", _("Something new on the case desk")
    AID_URGENT = "aid.urgent", _("Something urgent on the case desk")


@dataclass(frozen=True, kw_only=True)
class Policy:
    """How a kind is sent.

    hours: fixed local times of sending; a notice waits for the next one and carries no time of its own.
    constant: the mail is the same each time, takes no context, one to the same person waits at most once, and the
        row is deleted when it was sent.
    """

    hours: tuple[time, ...] = ()
    constant: bool = False


ORDINARY = Policy()

POLICIES: dict[str, Policy] = {
    Kind.AID_NEWS: Policy(hours=(time(8), time(12), time(16)), constant=True),
    Kind.AID_URGENT: Policy(constant=True),
}


def policy(kind: str) -> Policy:
    """The policy of `kind`: the ordinary one if none is named, also for a kind that this version does not know."""
    return POLICIES.get(kind, ORDINARY)
