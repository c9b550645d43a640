"""Who may do what in organisations, as predicates of a person and an organisation."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from hrdplatform.accounts.models import User
from hrdplatform.organisations import queries
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Role


def is_platform_administrator(user: User | AnonymousUser) -> bool:
    """Whether this person looks after the whole platform."""
    return bool(user.is_authenticated and user.is_active and user.is_superuser)


def has_role(user: User | AnonymousUser, organisation: Organisation, *roles: Role) -> bool:
    """Whether this person has one of these roles in this organisation."""
    return (
        isinstance(user, User)
        and user.is_active
        and queries.roles_in(user, organisation).filter(role__in=roles).exists()
    )


def may_manage_members(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Administrators of the own organisation, and of the platform: invite, change and take roles."""
    return is_platform_administrator(user) or has_role(user, organisation, Role.ADMINISTRATOR)


def may_switch_accounts(user: User | AnonymousUser, other: User) -> bool:
    """Administrators of the platform switch accounts off and on, never their own."""
    return is_platform_administrator(user) and user.pk != other.pk


def may_see(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Members of the organisation, and administrators of the platform. To all others it is not there."""
    return is_platform_administrator(user) or has_role(user, organisation, *Role)
