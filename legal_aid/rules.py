"""Who may do what in legal aid, as predicates of a signed-in person and an object."""

from __future__ import annotations

from django.db.models import QuerySet

from hrdplatform.accounts.models import User
from hrdplatform.organisations.models import Membership, Organisation
from hrdplatform.organisations.states import Role

from .models import Team, TeamMember
from .states import MemberState, TeamRole


def is_active_member(member: TeamMember | None) -> bool:
    """Whether somebody is on the newest signed list: only then are there cases."""
    return member is not None and member.state == MemberState.ACTIVE


def leads(member: TeamMember | None, team: Team) -> bool:
    """Whether somebody is the team's lead."""
    return member is not None and member.team_id == team.pk and member.role == TeamRole.LEAD


def may_second(other: TeamMember, member: TeamMember) -> bool:
    """Whether somebody can be the second who confirms a removal: on the team's list, neither its lead nor the one who
    is to go.
    """
    return seconds(member).filter(pk=other.pk).exists()


def seconds(member: TeamMember) -> QuerySet[TeamMember]:
    """Everybody who can confirm that `member` is removed."""
    return TeamMember.objects.reachable().filter(team=member.team_id).exclude(role=TeamRole.LEAD).exclude(pk=member.pk)


def may_found_team(user: User, organisation: Organisation) -> bool:
    """Administrators of an organisation found its teams."""
    return Membership.objects.filter(user=user, organisation=organisation, role=Role.ADMINISTRATOR).exists()
