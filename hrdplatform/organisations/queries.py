"""Reads: who belongs where."""

from __future__ import annotations

from django.db.models import QuerySet

from hrdplatform.accounts.models import User
from hrdplatform.organisations.models import Membership, Organisation
from hrdplatform.organisations.states import Kind, Role


def roles_in(user: User, organisation: Organisation) -> QuerySet[Membership]:
    """What a person is in one organisation."""
    return Membership.objects.filter(user=user, organisation=organisation)


def roles_of_the_house(user: User) -> set[Role]:
    """What a person is in the organisation that is the platform itself."""
    held = Membership.objects.filter(user=user, organisation__kind=Kind.PLATFORM)
    return {Role(role) for role in held.values_list("role", flat=True)}


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """All roles in an organisation with their people, by name."""
    return organisation.memberships.select_related("user").order_by("user__name", "user__pk", "role")


def platform_administrators() -> QuerySet[User]:
    """The people who look after the whole platform and can sign in."""
    memberships = Membership.objects.filter(organisation__kind=Kind.PLATFORM, role=Role.ADMINISTRATOR)
    return User.objects.filter(is_active=True, pk__in=memberships.values("user"))
