"""Giving, changing and taking roles. A role that is lost ends all sessions of the person."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib.auth.models import Group
from django.db import transaction

from hrdplatform.accounts.domain.sessions import end_sessions
from hrdplatform.accounts.models import User
from hrdplatform.audit import Event, record
from hrdplatform.notices import Kind as Notice
from hrdplatform.notices import queue
from hrdplatform.organisations import queries
from hrdplatform.organisations.models import Membership, Organisation
from hrdplatform.organisations.states import Kind, Role


class LastAdministratorError(Exception):
    """The platform would be left without anybody who looks after it."""


class RoleTakenError(Exception):
    """The person has this role in this organisation already."""


WRITING: Final = (Role.AUTHOR, Role.EDITOR)
"""Roles that write: rooms above attach rights over what is an organisation's own to their groups."""


def group_name(organisation: Organisation, role: Role) -> str:
    """The group of those who have `role` in `organisation`. The platform's own is named by the role alone."""
    return role.value if organisation.kind == Kind.PLATFORM else f"{role.value}:{organisation.pk}"


def groups_of(user: User) -> set[str]:
    """The names of the groups that a person's roles put her into."""
    held = Membership.objects.filter(user=user).select_related("organisation")
    return {
        group_name(one.organisation, Role(one.role))
        for one in held
        if one.organisation.kind == Kind.PLATFORM or one.role in WRITING
    }


def is_of_a_role(name: str) -> bool:
    """Whether a group's name is one that `group_name` gives."""
    word, _, number = name.partition(":")
    return word in Role.values and (not number or number.isdigit())


def align(user: User) -> None:
    """Brings what Django and Wagtail ask for in line with the person's roles.

    Each role held in the platform's own organisation is a group of the same name, to which rooms above attach rights
    over what belongs to everybody. Authors and editors of another organisation are in a group of that organisation,
    with rights over what is its own and nothing else; its administrators give these roles themselves. What other roles
    may do is asked for each object. Other groups are left alone.
    Administrators of the platform itself are staff with all rights; nothing else sets that.
    """
    wanted = groups_of(user)
    standing = set(user.groups.values_list("name", flat=True))
    lost = {name for name in standing - wanted if is_of_a_role(name)}
    user.groups.remove(*user.groups.filter(name__in=lost))
    user.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in sorted(wanted - standing)))
    administers = Role.ADMINISTRATOR in queries.roles_of_the_house(user)
    user.is_staff = user.is_superuser = administers
    user.save(update_fields=["is_staff", "is_superuser"])


@transaction.atomic
def give_role(user: User, *, organisation: Organisation, role: Role, actor: str, at: datetime) -> Membership:
    """Makes somebody something in an organisation. Raises `RoleTakenError`."""
    membership, made = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, defaults={"since": at}
    )
    if not made:
        raise RoleTakenError
    align(user)
    record(
        Event.ROLE_GIVEN, actor=actor, object=f"user:{user.pk}", at=at, organisation=organisation.pk, role=role.value
    )
    return membership


@transaction.atomic
def change_role(membership: Membership, *, to: Role, by: User, at: datetime) -> None:
    """Another role in the same organisation. Raises `LastAdministratorError`, `RoleTakenError`."""
    membership = _locked(membership)
    if membership.role == to:
        return
    others = queries.roles_in(membership.user, membership.organisation).exclude(pk=membership.pk)
    if others.filter(role=to).exists():
        raise RoleTakenError
    _keep_an_administrator(membership)
    membership.role = to
    membership.save(update_fields=["role"])
    _tell(membership, Event.ROLE_CHANGED, by, at)


@transaction.atomic
def take_role(membership: Membership, *, by: User, at: datetime) -> None:
    """The person is this no longer. Raises `LastAdministratorError`."""
    membership = _locked(membership)
    _keep_an_administrator(membership)
    Membership.objects.filter(pk=membership.pk).delete()
    _tell(membership, Event.ROLE_TAKEN, by, at)


def _locked(membership: Membership) -> Membership:
    """The membership as it stands, with its organisation locked, so that two who leave at once do not both leave."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    return Membership.objects.select_related("user", "organisation").get(pk=membership.pk)


def _keep_an_administrator(membership: Membership) -> None:
    if membership.organisation.kind != Kind.PLATFORM or membership.role != Role.ADMINISTRATOR:
        return
    if not queries.platform_administrators().exclude(pk=membership.user_id).exists():
        raise LastAdministratorError


def _tell(membership: Membership, event: Event, by: User, at: datetime) -> None:
    user, organisation = membership.user, membership.organisation
    align(user)
    record(
        event,
        actor=f"user:{by.pk}",
        object=f"user:{user.pk}",
        at=at,
        organisation=organisation.pk,
        role=str(membership.role),
    )
    context = {"name": user.name, "organisation": str(organisation)}
    queue(Notice.ROLE_CHANGED, to=user.email, language=user.language, context=context)
    end_sessions(user)
