"""Who may enter the office, and in which organisations somebody holds which roles. Asked once a request."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.backends import BaseBackend

from hrdplatform.organisations.models import Membership
from hrdplatform.organisations.queries import roles_of_the_house
from hrdplatform.organisations.states import Role

OFFICE_ROLES: Final = frozenset(
    {Role.AUTHOR, Role.EDITOR, Role.OFFICIAL, Role.STRATEGY_OFFICER, Role.ASSESSOR, Role.ADMINISTRATOR}
)
"""Roles that have work to do in the office."""

ENTER: Final = "wagtailadmin.access_admin"

Held = dict[int, frozenset[str]]
"""Organisation -> roles held there."""


def roles_held(user: Any) -> Held:
    """The roles of a person by organisation; kept on the user object, which lives for one request."""
    if not (user.is_authenticated and user.is_active):
        return {}
    held: Held | None = getattr(user, "_roles_held", None)
    if held is None:
        held = {}
        for organisation, role in Membership.objects.filter(user=user).values_list("organisation", "role"):
            held[organisation] = held.get(organisation, frozenset()) | {role}
        user._roles_held = held  # noqa: SLF001  # our own cache on the object
    return held


def roles_in_the_house(user: Any) -> set[Role]:
    """The roles of a person in the organisation that is the platform itself; kept as `roles_held` is."""
    if not roles_held(user):
        return set()
    held: set[Role] | None = getattr(user, "_roles_in_the_house", None)
    if held is None:
        held = user._roles_in_the_house = roles_of_the_house(user)  # noqa: SLF001  # our own cache on the object
    return held


class OfficeAccess(BaseBackend):
    """Gives members with an office role the permission to enter the office, and nothing else."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """`wagtailadmin.access_admin`, or nothing. Rights over objects come from each room's policy."""
        if obj is not None:
            return set()
        return {ENTER} if any(roles & OFFICE_ROLES for roles in roles_held(user_obj).values()) else set()
