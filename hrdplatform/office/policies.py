"""The permission policies of what belongs to an organisation: asked for each object, never for the model alone.

Wagtail 8's `ModelViewSet` asks about the model only; `viewsets.OwnedViewSet` asks this policy about every object.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import Permission
from django.db import models
from wagtail.models import Collection
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from hrdplatform.accounts.models import User
from hrdplatform.office.access import ENTER, OFFICE_ROLES, roles_held, roles_in_the_house
from hrdplatform.organisations.models import Membership
from hrdplatform.organisations.states import Kind, Role

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

    def everywhere(self, user: Any, actions: Iterable[str]) -> bool:
        """Whether `user` may do one of `actions` with every object, whose ever it is."""
        return bool(user.is_superuser)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether there can be an object at all for which `user` may do `action`."""
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """As `user_has_permission`, for one of several actions."""
        return bool(user.is_active and (self.everywhere(user, actions) or self.organisations(user, actions)))

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[User]:
        """The people who may do one of `actions` somewhere."""
        wanted = frozenset[str]().union(*(self.roles.get(action, frozenset()) for action in actions))
        members = Membership.objects.filter(role__in=wanted).values("user")
        return User.objects.filter(is_active=True).filter(models.Q(is_superuser=True) | models.Q(pk__in=members))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: models.Model) -> bool:
        """Whether `user` may do `action` with this very object."""
        if not user.is_active:
            return False
        return self.everywhere(user, [action]) or self.owner_of(instance) in self.organisations(user, [action])

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Any]:
        """The objects with which `user` may do one of `actions`."""
        everything: models.QuerySet[Any] = self.model._default_manager.all()  # noqa: SLF001  # Django's documented name
        if not user.is_active:
            return everything.none()
        if self.everywhere(user, actions):
            return everything
        return everything.filter(**{f"{self.owner}__in": self.organisations(user, actions)})


class ShelfPolicy(CollectionOwnershipPermissionPolicy):
    """As Wagtail's for images and documents: rights hang on the collection in which a thing lies, which the rooms give
    to the groups of an organisation. Who may choose it may look at it.
    """

    def user_has_permission_for_instance(self, user: Any, action: str, instance: models.Model) -> bool:
        """Whether `user` may do `action` with this very object."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether there can be an object at all for which `user` may do `action`."""
        return bool(super().user_has_permission(user, "choose" if action == "view" else action))

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: models.Model) -> bool:
        """As `user_has_permission_for_instance`, for one of several actions."""
        return bool(super().user_has_any_permission_for_instance(user, known(actions), instance))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Any]:
        """The objects with which `user` may do one of `actions`."""
        found: models.QuerySet[Any] = super().instances_user_has_any_permission_for(user, known(actions))
        return found

    def shelves(self, user: Any) -> models.QuerySet[Collection]:
        """Where `user` may put something."""
        found: models.QuerySet[Collection] = self.collections_user_has_permission_for(user, "add")
        return found


def known(actions: Iterable[str]) -> set[str]:
    """The actions in the words of Wagtail's policy, which has none for looking."""
    return {"choose" if action == "view" else action for action in actions}


class WatchedPolicy(OwnedPolicy):
    """As owned; besides, editors of the platform's own organisation look after everybody's."""

    def everywhere(self, user: Any, actions: Iterable[str]) -> bool:
        """Administrators of the platform, and the house's editors."""
        return super().everywhere(user, actions) or (user.is_active and Role.EDITOR in roles_in_the_house(user))


class HousePolicy(OwnedPolicy):
    """What belongs to nobody in particular: people of the office see and choose it, the house's editors change it."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(model, owner="pk", roles={})

    def everywhere(self, user: Any, actions: Iterable[str]) -> bool:
        """Who may enter the office looks; administrators of the platform and the house's editors do the rest."""
        if super().everywhere(user, actions) or ("view" in set(actions) and user.has_perm(ENTER)):
            return True
        return user.is_active and Role.EDITOR in roles_in_the_house(user)

    def owner_of(self, instance: models.Model) -> int | None:
        """Nobody."""
        return None

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[User]:
        """The people who may do one of `actions`."""
        editors = Membership.objects.filter(organisation__kind=Kind.PLATFORM, role=Role.EDITOR)
        found = models.Q(is_superuser=True) | models.Q(pk__in=editors.values("user"))
        if "view" in set(actions):
            found |= models.Q(pk__in=Membership.objects.filter(role__in=OFFICE_ROLES).values("user"))
            app, codename = ENTER.split(".")
            enter = Permission.objects.filter(content_type__app_label=app, codename=codename)
            found |= models.Q(pk__in=User.objects.filter(groups__permissions__in=enter).values("pk"))
        return User.objects.filter(is_active=True).filter(found)
