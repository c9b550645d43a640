"""A team and its signed list: found it, ask people in, propose keys, bring the signed list back, take somebody off.

The list alone says who can read, and only the team's root, which never enters the platform, can sign it. What is stored here
before the signature are proposals; after it, copies of what was signed. sealing.md 3 and 4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from hrdplatform import audit
from hrdplatform.accounts.models import User
from hrdplatform.audit import Event
from hrdplatform.organisations.models import Organisation
from hrdplatform.sealing import pins
from hrdplatform.sealing.age.sealed import check_outside
from hrdplatform.sealing.demo import is_demo_root
from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.lists import MemberList
from hrdplatform.sealing.members import check_protected
from legal_aid.models import IdentityFile, SealedRoster, SignedList, Team, TeamMember
from legal_aid.states import IdentityKind, MemberState, Scope, TeamRole

from . import lists

KEM_LENGTH = 1216
SIG_LENGTH = 32
MOST_MEMBERS = 90


class NotNowError(Exception):
    """The team or the member is not in the state that this step needs."""


class ProposalRefusedError(Exception):
    """Keys or an identity file that cannot be a member's."""


class ListRefusedError(Exception):
    """A list that does not follow from the one before, or names other keys than were proposed; `why` is a short word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


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

    Raises `NotNowError` if the lead is in another team.
    """
    with transaction.atomic():
        if TeamMember.objects.standing().filter(user=lead).exists():
            raise NotNowError
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


def invite(team: Team, *, user: User, role: str, scope: str, by: User, at: datetime) -> TeamMember:
    """Ask somebody with an account into the team. Raises `NotNowError` for a member of a team, or beyond ninety."""
    with transaction.atomic():
        Team.objects.select_for_update().get(pk=team.pk)
        if TeamMember.objects.standing().filter(user=user).exists():
            raise NotNowError
        member = TeamMember.objects.create(team=team, user=user, member=_next_id(team), role=role, scope=scope)
        audit.record(
            Event.MEMBER_INVITED, actor=f"user:{by.pk}", object=f"team:{team.pk}", at=at, member=member.member
        )
    return member


def change(member: TeamMember, *, role: str, scope: str, by: User, at: datetime) -> None:
    """Change what a member is and reads; the scope holds from the next signed list on."""
    with transaction.atomic():
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


def remove(member: TeamMember, *, by: User, at: datetime) -> None:
    """Take somebody off the desk at once; the keys go with the next signed list. Raises `NotNowError` for the lead."""
    with transaction.atomic():
        if member.role == TeamRole.LEAD:
            raise NotNowError
        member.state = MemberState.REMOVED
        member.save(update_fields=["state"])
        audit.record(
            Event.MEMBER_REMOVED,
            actor=f"user:{by.pk}",
            object=f"team:{member.team_id}",
            at=at,
            member=member.member,
        )


def import_list(team: Team, text: str, *, rosters: Mapping[str, bytes], by: User, at: datetime) -> SignedList:
    """Make a list that the root signed the team's newest; returns its row. The same list twice is one.

    Verified here: signature, descent from the newest (or first of its team), days, keys as proposed, and that no removed
    member comes back. Raises `ListRefusedError`, whose `why` names what is wrong.
    """
    listed = _parsed(text)
    with transaction.atomic():
        team = Team.objects.select_for_update(of=("self",)).select_related("newest").get(pk=team.pk)
        if team.newest_id == listed.hash:
            return _known_list(team)
        _check_follows(team, listed, at=at)
        members = {member.member: member for member in TeamMember.objects.select_for_update().filter(team=team)}
        _check_members(listed, members)
        row = _insert_list(team, listed, text, rosters)
        _renew_members(listed, members)
        audit.record(
            Event.LIST_IMPORTED, actor=f"user:{by.pk}", object=f"team:{team.pk}", at=at, seq=listed.seq, list=listed.hash
        )
    return row


def _parsed(text: str) -> MemberList:
    try:
        return lists.parsed(text)
    except SealingError as error:
        raise ListRefusedError("signature") from error


def _known_list(team: Team) -> SignedList:
    if team.newest is None:
        raise ListRefusedError("unknown")
    return team.newest


def _check_follows(team: Team, listed: MemberList, *, at: datetime) -> None:
    if listed.demo != is_demo_root(listed.root) or (listed.demo and not lists.demo_allowed()):
        raise ListRefusedError("demo")
    try:
        pins.verify_for_writing(listed, today=at.date(), demo_allowed=lists.demo_allowed())
    except pins.ListRefusedError as error:
        raise ListRefusedError("days") from error
    if team.newest is None:
        if not pins.is_first(listed) or Team.objects.filter(hex=listed.team).exists():
            raise ListRefusedError("first")
        return
    before = lists.newest(team)
    known = lists.all_of(team)
    try:
        pins.verify(listed, pins.pin(before), known)
    except pins.ListRefusedError as error:
        raise ListRefusedError("descent") from error
    if listed.seq != before.seq + 1:
        raise ListRefusedError("descent")


def _check_members(listed: MemberList, members: Mapping[str, TeamMember]) -> None:
    """Every reader on the list is a member here with just these keys: the lead signed what the members proposed."""
    for one in listed.members:
        if one.kind == "recovery":
            continue
        row = members.get(one.id)
        if row is None or row.state == MemberState.REMOVED:
            raise ListRefusedError("member")
        if (bytes(row.kem), bytes(row.sig)) != (one.kem, one.sig):
            raise ListRefusedError("keys")
    if not any(one.kind == "reader" and one.scope == Scope.INTAKE for one in listed.members):
        raise ListRefusedError("readers")


def _insert_list(team: Team, listed: MemberList, text: str, rosters: Mapping[str, bytes]) -> SignedList:
    row = SignedList.objects.create(
        hash=listed.hash,
        team=team,
        seq=listed.seq,
        prev=listed.prev,
        issued=listed.issued,
        expires=listed.expires,
        text=text,
    )
    SealedRoster.objects.bulk_create(
        [SealedRoster(list=row, reader=reader, sealed=_roster(sealed)) for reader, sealed in rosters.items()]
    )
    team.hex, team.root, team.newest = listed.team, listed.root.hex(), row
    team.save(update_fields=["hex", "root", "newest"])
    return row


def _roster(sealed: bytes) -> bytes:
    try:
        check_outside(sealed)
    except SealingError as error:
        raise ListRefusedError("roster") from error
    return sealed


def _renew_members(listed: MemberList, members: Mapping[str, TeamMember]) -> None:
    """Who is on the list is active, with the list's scope; who was active and is not on it any more is removed."""
    for id_, member in members.items():
        one = listed.member(id_)
        if one is not None:
            member.state, member.scope = MemberState.ACTIVE, one.scope
        elif member.state == MemberState.ACTIVE:
            member.state = MemberState.REMOVED
        member.save(update_fields=["state", "scope"])


def _check_proposal(proposal: Proposal) -> None:
    if len(proposal.kem) != KEM_LENGTH or len(proposal.sig) != SIG_LENGTH:
        raise ProposalRefusedError
    _check_identity(proposal.kind, proposal.file)


def _check_identity(kind: str, file: bytes) -> None:
    if kind not in IdentityKind.values:
        raise ProposalRefusedError
    try:
        if kind == IdentityKind.PASSPHRASE:
            check_protected(file)
    except SealingError as error:
        raise ProposalRefusedError from error


def _keep_identity(member: TeamMember, kind: str, file: bytes, *, at: datetime) -> None:
    IdentityFile.objects.get_or_create(
        member=member,
        digest=hashlib.sha256(file).hexdigest(),
        defaults={"kind": kind, "file": file, "made_at": at},
    )


def _next_id(team: Team) -> str:
    """The next id of the team. Ids of removed members are never given again."""
    used = [int(id_[1:]) for id_ in TeamMember.objects.filter(team=team).values_list("member", flat=True)]
    if len(used) >= MOST_MEMBERS:
        raise NotNowError
    return f"m{max(used, default=0) + 1:02}"
