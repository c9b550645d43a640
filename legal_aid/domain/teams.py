"""A team before the signature: found it, ask people in, propose keys.

The list alone says who can read, and only the team's root, which never enters the platform, can sign it. What is stored
here before the signature are proposals; after it, copies of what was signed. sealing.md 3 and 4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from hrdplatform import audit
from hrdplatform.accounts.domain.sessions import end_sessions
from hrdplatform.accounts.models import User
from hrdplatform.audit import Event
from hrdplatform.organisations.models import Organisation
from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.members import FILE_LIMIT, check_protected, check_public_keys
from legal_aid.models import IdentityFile, Team, TeamMember
from legal_aid.states import IdentityKind, MemberState, TeamRole

from . import lists

MOST_MEMBERS = 90
MOST_IDENTITIES = 100


class NotNowError(Exception):
    """The team or the member is not in the state that this step needs."""


class NameTakenError(Exception):
    """The organisation has a team of this name."""


class ProposalRefusedError(Exception):
    """Keys or an identity file that cannot be a member's."""


@dataclass(frozen=True)
class Founding:
    """The public words of a new team."""

    organisation: Organisation
    name: str
    languages: tuple[str, ...]
    mandate: str


@dataclass(frozen=True)
class Proposal:
    """A member's new keys (public), and the identity file that holds them sealed."""

    kind: str
    file: bytes = field(repr=False)
    kem: bytes
    sig: bytes


def found(founding: Founding, *, lead: User, by: User, at: datetime) -> Team:
    """Found a team with its lead as member m01. It takes requests once its first list is signed.

    Raises `NotNowError` if the lead is in another team, `NameTakenError` if the organisation has a team of that name.
    """
    with _one_at_a_time(), transaction.atomic():
        # One team of an organisation is founded after the other, so that the name is looked up without a gap.
        Organisation.objects.select_for_update().get(pk=founding.organisation.pk)
        if TeamMember.objects.standing().filter(user=lead).exists():
            raise NotNowError
        if Team.objects.filter(organisation=founding.organisation, name=founding.name).exists():
            raise NameTakenError
        team = Team.objects.create(
            organisation=founding.organisation,
            name=founding.name,
            languages=list(founding.languages),
            mandate=founding.mandate,
            lead=lead,
        )
        TeamMember.objects.create(team=team, user=lead, member="m01", role=TeamRole.LEAD)
        audit.record(Event.TEAM_FOUNDED, actor=f"user:{by.pk}", object=f"team:{team.pk}", at=at)
    return team


def invite(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    team: Team, *, user: User, role: str, scope: str, by: User, at: datetime
) -> TeamMember:
    """Ask somebody with an account into the team. Raises `NotNowError` for a member of a team, or beyond ninety."""
    with _one_at_a_time(), transaction.atomic():
        Team.objects.select_for_update().get(pk=team.pk)
        if TeamMember.objects.standing().filter(user=user).exists():
            raise NotNowError
        member = TeamMember.objects.create(team=team, user=user, member=_next_id(team), role=role, scope=scope)
        audit.record(Event.MEMBER_INVITED, actor=f"user:{by.pk}", object=f"team:{team.pk}", at=at, member=member.member)
    return member


def change(member: TeamMember, *, role: str, scope: str, by: User, at: datetime) -> None:
    """Change what a member is and reads; the scope holds from the next signed list on. The member signs in anew.

    Raises `NotNowError` for the lead: a team without one could not sign.
    """
    with transaction.atomic():
        if member.role == TeamRole.LEAD:
            raise NotNowError
        member.role, member.scope = role, scope
        member.save(update_fields=["role", "scope"])
        audit.record(
            Event.MEMBER_CHANGED,
            actor=f"user:{by.pk}",
            object=f"team:{member.team_id}",
            at=at,
            member=member.member,
            scope=scope,
        )
        end_sessions(member.user)


def agree_to_be_named(member: TeamMember, *, agreed: bool, at: datetime) -> None:
    """Whether the member's name is shown to defenders: the member's own choice."""
    with transaction.atomic():
        member.publishes_name = agreed
        member.save(update_fields=["publishes_name"])
        audit.record(
            Event.MEMBER_CHANGED,
            actor=f"user:{member.user_id}",
            object=f"team:{member.team_id}",
            at=at,
            member=member.member,
            named=agreed,
        )


def propose(member: TeamMember, proposal: Proposal, *, at: datetime) -> None:
    """Keep a member's new keys for the lead's next list; the identity file stays for ever.

    Raises `ProposalRefusedError`. The keys read nothing before the root has signed them.
    """
    _check_proposal(proposal)
    with transaction.atomic():
        _keep_identity(member, proposal.kind, proposal.file, at=at)
        member.kem, member.sig = proposal.kem, proposal.sig
        if member.state == MemberState.INVITED:
            member.state = MemberState.PROPOSED
        member.save(update_fields=["kem", "sig", "state"])
        audit.record(
            Event.KEYS_PROPOSED,
            actor=f"user:{member.user_id}",
            object=f"team:{member.team_id}",
            at=at,
            member=member.member,
        )


def add_identity(member: TeamMember, *, kind: str, file: bytes, at: datetime) -> None:
    """Keep one more file that opens the same seed, under other words or a passkey. Raises `ProposalRefusedError`."""
    _check_identity(kind, file)
    with transaction.atomic():
        _keep_identity(member, kind, file, at=at)
        audit.record(
            Event.IDENTITY_STORED,
            actor=f"user:{member.user_id}",
            object=f"team:{member.team_id}",
            at=at,
            member=member.member,
        )


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Of two who ask the same at the same moment one wins by the table's constraints; the other gets `NotNowError`."""
    try:
        yield
    except IntegrityError as error:
        raise NotNowError from error


def _check_proposal(proposal: Proposal) -> None:
    try:
        check_public_keys(proposal.kem, proposal.sig)
    except SealingError as error:
        raise ProposalRefusedError from error
    _check_identity(proposal.kind, proposal.file)


def _check_identity(kind: str, file: bytes) -> None:
    if kind not in IdentityKind.values or len(file) > FILE_LIMIT:
        raise ProposalRefusedError
    try:
        if kind == IdentityKind.PASSPHRASE:
            check_protected(file)
    except SealingError as error:
        raise ProposalRefusedError from error


def _keep_identity(member: TeamMember, kind: str, file: bytes, *, at: datetime) -> None:
    """Raises `ProposalRefusedError` beyond a hundred files: they are kept for ever, and all are sent at unlocking."""
    if IdentityFile.objects.filter(member=member).count() >= MOST_IDENTITIES:
        raise ProposalRefusedError
    IdentityFile.objects.get_or_create(
        member=member,
        digest=hashlib.sha256(file).hexdigest(),
        defaults={"kind": kind, "file": file, "made_at": at},
    )


def _next_id(team: Team) -> str:
    """The next id of the team. Ids that ever stood on a list are never given again."""
    ids = set(TeamMember.objects.filter(team=team).values_list("member", flat=True))
    ids |= {one.id for listed in lists.all_of(team).values() for one in listed.members}
    used = [int(id_[1:]) for id_ in ids]
    if len(used) >= MOST_MEMBERS:
        raise NotNowError
    return f"m{max(used, default=0) + 1:02}"
