"""The words of legal aid: how urgent a request is, where it stands, who may be what in a team, and which steps are
allowed.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Urgency(TextChoices):
    """What the defender says of her time; a clear copy, since the queue is ordered by it."""

    NOW = "now", _("Something happens today or tomorrow")
    SOON = "soon", _("In the coming weeks")
    OPEN = "open", _("I am not sure")


class CaseStatus(TextChoices):
    """Where a case stands for the team."""

    RECEIVED = "received", _("Received")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    IN_ASSESSMENT = "in_assessment", _("In assessment")
    ACCEPTED = "accepted", _("Accepted")
    REFERRED = "referred", _("Referred")
    DECLINED = "declined", _("Declined")
    ACTIVE = "active", _("Active")
    WAITING_ON_DEFENDER = "waiting_on_defender", _("Waiting for the defender")
    WAITING_ON_THIRD_PARTY = "waiting_on_third_party", _("Waiting for somebody else")
    CONFLICTED = "conflicted", _("Conflict of interest")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")


class DefenderStatus(TextChoices):
    """The four words that the defender sees."""

    RECEIVED = "received", _("Received")
    LOOKED_AT = "looked_at", _("Being looked at")
    NEED_YOU = "need_you", _("We need you")
    CLOSED = "closed", _("Closed")


class Arrival(TextChoices):
    """Where the request was sealed: on the own device, or by the server on arrival (without scripts)."""

    BROWSER = "browser", _("Sealed on the defender’s device")
    SERVER = "server", _("Encrypted on arrival")


class Chain(TextChoices):
    """The two chains of a case: the one that the defender reads, and the team's own."""

    CASE = "case", _("Case")
    NOTES = "notes", _("Notes")


class Sender(TextChoices):
    """Which side a record came from."""

    DEFENDER = "defender", _("Defender")
    TEAM = "team", _("Team")


class TeamRole(TextChoices):
    """What a member does in a team, as the public page says it."""

    LEAD = "lead", _("Team lead")
    LAWYER = "lawyer", _("Lawyer")
    CASE_WORKER = "case_worker", _("Case worker")
    INTERPRETER = "interpreter", _("Interpreter")


class Scope(TextChoices):
    """Whether a member reads every new request, or only the cases that were opened to the member."""

    INTAKE = "intake", _("Reads every new request")
    CASE = "case", _("Reads single cases")


class MemberState(TextChoices):
    """A member's way onto the signed list and off it."""

    INVITED = "invited", _("Has no key yet")
    PROPOSED = "proposed", _("Waits for the signature")
    ACTIVE = "active", _("On the signed list")
    REMOVED = "removed", _("Removed")


class IdentityKind(TextChoices):
    """What opens an identity file of a member."""

    PASSPHRASE = "passphrase", _("Seven words")
    PASSKEY = "passkey", _("Passkey")


class Eraser(TextChoices):
    """Who had a case erased."""

    DEFENDER = "defender", _("Defender")
    RETENTION = "retention", _("Retention")


NEXT: dict[str, frozenset[str]] = {
    CaseStatus.RECEIVED: frozenset({CaseStatus.ACKNOWLEDGED}),
    CaseStatus.ACKNOWLEDGED: frozenset({CaseStatus.IN_ASSESSMENT}),
    CaseStatus.IN_ASSESSMENT: frozenset({CaseStatus.ACCEPTED, CaseStatus.REFERRED, CaseStatus.DECLINED}),
    CaseStatus.ACCEPTED: frozenset(
        {CaseStatus.ACTIVE, CaseStatus.WAITING_ON_DEFENDER, CaseStatus.WAITING_ON_THIRD_PARTY}
    ),
    CaseStatus.ACTIVE: frozenset(
        {CaseStatus.WAITING_ON_DEFENDER, CaseStatus.WAITING_ON_THIRD_PARTY, CaseStatus.CLOSED}
    ),
    CaseStatus.WAITING_ON_DEFENDER: frozenset({CaseStatus.ACTIVE}),
    CaseStatus.WAITING_ON_THIRD_PARTY: frozenset({CaseStatus.ACTIVE}),
    CaseStatus.CLOSED: frozenset({CaseStatus.REOPENED}),
    CaseStatus.REOPENED: frozenset({CaseStatus.ACTIVE}),
}
"""Allowed steps; from anywhere a case may become `conflicted`."""

DEFENDER_WORD: dict[str, DefenderStatus] = {
    CaseStatus.RECEIVED: DefenderStatus.RECEIVED,
    CaseStatus.WAITING_ON_DEFENDER: DefenderStatus.NEED_YOU,
    CaseStatus.CLOSED: DefenderStatus.CLOSED,
    CaseStatus.DECLINED: DefenderStatus.CLOSED,
    CaseStatus.REFERRED: DefenderStatus.CLOSED,
}


def may_become(before: str, after: str) -> bool:
    """Whether a case may go from one status to another."""
    return after == CaseStatus.CONFLICTED or after in NEXT.get(before, frozenset())


def defender_word(status: str) -> DefenderStatus:
    """What the defender is told of a status."""
    return DEFENDER_WORD.get(status, DefenderStatus.LOOKED_AT)
