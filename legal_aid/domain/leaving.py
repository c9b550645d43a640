"""Taking somebody off a team: the lead asks, a second member confirms, the desk closes at once, the keys go with the
next list.

A stolen session of the lead alone shuts nobody out and takes no reader off; a reader who is no longer to be trusted
goes within minutes. safety.md, *Accounts*: "removing a reader's key: a second person". Decision 051.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hrdplatform import audit
from hrdplatform.accounts.domain.sessions import end_sessions
from hrdplatform.accounts.models import User
from hrdplatform.audit import Event
from hrdplatform.sealing.lists import MemberList
from legal_aid import rules
from legal_aid.models import TeamMember
from legal_aid.states import MemberState, TeamRole

from . import lists
from .teams import NotNowError


def ask(member: TeamMember, *, by: User, at: datetime) -> bool:
    """The lead asks that somebody be removed; True if that is done at once, since the member's keys read nothing yet.

    Else a second member has to confirm. Raises `NotNowError` for the lead: a team without one could not sign.
    """
    with transaction.atomic():
        member = _lock(member)
        if member.role == TeamRole.LEAD:
            raise NotNowError
        if member.state != MemberState.ACTIVE:
            _take_off(member, by=by, at=at)
            return True
        member.removal_asked = True
        member.save(update_fields=["removal_asked"])
        _record(Event.REMOVAL_ASKED, member, by=by, at=at)
    return False


def withdraw(member: TeamMember, *, by: User, at: datetime) -> None:
    """The lead thinks better of it. Raises `NotNowError` if nobody asked, or it is done."""
    with transaction.atomic():
        member = _lock(member)
        if not member.removal_asked:
            raise NotNowError
        member.removal_asked = False
        member.save(update_fields=["removal_asked"])
        _record(Event.REMOVAL_WITHDRAWN, member, by=by, at=at)


def confirm(member: TeamMember, *, by: TeamMember, at: datetime) -> None:
    """The second member agrees: every session ends, the desk is closed, and the next list goes without the keys.

    Raises `NotNowError` unless the lead asked and `by` is another member on the signed list.
    """
    with transaction.atomic():
        member = _lock(member)
        if not member.removal_asked or not rules.may_second(by, member):
            raise NotNowError
        _take_off(member, by=by.user, at=at)


def is_confirmed(listed: MemberList, members: Mapping[str, TeamMember]) -> bool:
    """Whether a list leaves nobody out whom a second member could have kept. Where nobody could, the root decides;
    who left the organisation needs no second: that end was made elsewhere.
    """
    left_out = [row for id_, row in members.items() if row.state == MemberState.ACTIVE and listed.member(id_) is None]
    return not any(belongs(row) and rules.seconds(row).exists() for row in left_out)


def stays(member: TeamMember) -> bool:
    """Whether the next list shall name a standing member: not if the lead asked and nobody is there to confirm."""
    return not member.removal_asked or rules.seconds(member).exists()


def is_to_come_off(member: TeamMember) -> bool:
    """Whether the newest list names somebody who is no longer to read: removed, or gone from the organisation."""
    listed = lists.newest(member.team).member(member.member) if member.team.newest is not None else None
    if listed is None:
        return False
    return member.state == MemberState.REMOVED or not belongs(member)


def belongs(member: TeamMember) -> bool:
    """Whether a member is of the team's organisation still, with an account that is switched on."""
    return TeamMember.objects.belonging().filter(pk=member.pk).exists()


def _lock(member: TeamMember) -> TeamMember:
    """The row as it stands. Raises `NotNowError` if somebody removed it a moment ago."""
    standing = TeamMember.objects.standing().select_for_update(of=("self",)).select_related("user")
    found = standing.filter(pk=member.pk).first()
    if found is None:
        raise NotNowError
    return found


def _take_off(member: TeamMember, *, by: User, at: datetime) -> None:
    member.state, member.removal_asked = MemberState.REMOVED, False
    member.save(update_fields=["state", "removal_asked"])
    _record(Event.MEMBER_REMOVED, member, by=by, at=at)
    end_sessions(member.user)


def _record(event: Event, member: TeamMember, *, by: User, at: datetime) -> None:
    audit.record(event, actor=f"user:{by.pk}", object=f"team:{member.team_id}", at=at, member=member.member)
