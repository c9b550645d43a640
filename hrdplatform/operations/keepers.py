"""Keepers: the administrators, who are mailed the signed head of the audit record each day."""

from __future__ import annotations

from hrdplatform.organisations.models import Membership
from hrdplatform.organisations.states import Role


def administrators() -> list[tuple[str, str]]:
    """Mail address and language of every active administrator."""
    memberships = Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    return sorted(set(memberships.values_list("user__email", "user__language")))
