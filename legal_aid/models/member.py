"""A member of a team: a person's account tied to an id on the signed list."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hrdplatform.organisations.models import Membership
from legal_aid.states import MemberState, Scope, TeamRole

from .identifiers import hex16
from .team import Team


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def standing(self) -> TeamMemberQuerySet:
        """Everybody who was not removed."""
        return self.exclude(state=MemberState.REMOVED)

    def active(self) -> TeamMemberQuerySet:
        """Those on the newest signed list."""
        return self.filter(state=MemberState.ACTIVE)

    def belonging(self) -> TeamMemberQuerySet:
        """Those who are of the team's organisation still, with an account that is switched on."""
        roles = Membership.objects.filter(
            user=models.OuterRef("user"), organisation=models.OuterRef("team__organisation")
        )
        return self.filter(models.Exists(roles), user__is_active=True)

    def reachable(self) -> TeamMemberQuerySet:
        """Those on the newest signed list who find the desk: a mail to somebody who left would tell when news come."""
        return self.active().belonging()


class TeamMember(models.Model):
    """`kem` (1,216 bytes) and `sig` (32) are the public keys that the browser proposed last.

    The list, not this row, says who can read: the row only carries a proposal to the lead and shows the state. While
    `removal_asked` the lead wants the member off the list, and a second member has not confirmed it.
    """

    id = models.CharField(primary_key=True, max_length=32, default=hex16, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="team_members")
    member = models.CharField(_("id on the list"), max_length=8)
    role = models.CharField(_("role"), max_length=20, choices=TeamRole.choices, default=TeamRole.CASE_WORKER)
    scope = models.CharField(_("reads"), max_length=10, choices=Scope.choices, default=Scope.INTAKE)
    state = models.CharField(_("state"), max_length=10, choices=MemberState.choices, default=MemberState.INVITED)
    publishes_name = models.BooleanField(_("name may be shown to defenders"), default=False)
    removal_asked = models.BooleanField(_("removal asked for"), default=False)
    kem = models.BinaryField(default=bytes)
    sig = models.BinaryField(default=bytes)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints = [
            models.UniqueConstraint(fields=["team", "member"], name="member_id_unique"),
            models.UniqueConstraint(
                fields=["user"], condition=~models.Q(state=MemberState.REMOVED), name="member_one_team_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.member
