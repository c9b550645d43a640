"""The permission policy of what belongs to an organisation: asked for each object, never for the model alone.

Wagtail 8's `ModelViewSet` asks about the model only; `viewsets.OwnedViewSet` asks this policy about every object.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from wagtail.permission_policies import BasePermissionPolicy

from hrdplatform.accounts.models import User
from hrdplatform.office.access import roles_held
from hrdplatform.organisations.models import Membership
from hrdplatform.organisations.states import Role

Roles = Mapping[str, frozenset[Role]]
"""Action (`view`, `add`, `change`, `delete`) -> the roles that may do it in their own organisation."""


class OwnedPolicy(BasePermissionPolicy):
    """Members act within their own organisation, by role; administrators of the platform act everywhere."""

    def __init__(self, model: type[models.Model], *, owner: str, roles: Roles) -> None:
        """`owner` is the lookup from the model to its organisation: `pk` for organisations themselves."""
        super().__init__(model)
        self.owner = owner
        self.roles = roles

    def organisations(self, user: Any, actions: Iterable[str]) -> set[int]:
        """The organisations in which `user` may do one of `actions`."""
        wanted = frozenset[str]().union(*(self.roles.get(action, frozenset()) for action in actions))
        return {organisation for organisation, roles in roles_held(user).items() if roles & wanted}

    def owner_of(self, instance: models.Model) -> int | None:
        """The key of the organisation that `instance` belongs to; none while that is not yet chosen."""
        found: Any = instance
        *steps, last = self.owner.split("__")
        for step in steps:
            found = getattr(found, step)
        key: int | None = getattr(found, last if last == "pk" else f"{last}_id")
        return key

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether there can be an object at all for which `user` may do `action`."""
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """As `user_has_permission`, for one of several actions."""
        return bool(user.is_active and (user.is_superuser or self.organisations(user, actions)))

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[User]:
        """The people who may do one of `actions` somewhere."""
        wanted = frozenset[str]().union(*(self.roles.get(action, frozenset()) for action in actions))
        members = Membership.objects.filter(role__in=wanted).values("user")
        return User.objects.filter(is_active=True).filter(models.Q(is_superuser=True) | models.Q(pk__in=members))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: models.Model) -> bool:
        """Whether `user` may do `action` with this very object."""
        if not user.is_active:
            return False
        return bool(user.is_superuser) or self.owner_of(instance) in self.organisations(user, [action])

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Any]:
        """The objects with which `user` may do one of `actions`."""
        everything: models.QuerySet[Any] = self.model._default_manager.all()  # noqa: SLF001  # Django's documented name
        if not user.is_active:
            return everything.none()
        if user.is_superuser:
            return everything
        return everything.filter(**{f"{self.owner}__in": self.organisations(user, actions)})
