"""Roles: given, changed and taken; what is lost ends sessions; somebody always looks after the platform."""

import pytest
from django.contrib.auth.models import Group

from hrdplatform.accounts.models import Session
from hrdplatform.audit import Event
from hrdplatform.audit.models import Entry
from hrdplatform.notices import Kind as Notices
from hrdplatform.notices.models import Notice
from hrdplatform.organisations import queries, rules
from hrdplatform.organisations.domain import roles
from hrdplatform.organisations.models import Membership
from hrdplatform.organisations.states import Role
from tests.factories.accounts import make_person, signed_in
from tests.factories.organisations import make_member, make_organisation, make_platform, membership_of, roles_of
from tests.hrdplatform.accounts.parallel import at_once

pytestmark = pytest.mark.django_db


def test_a_role_in_the_house_itself_is_a_group_and_goes_with_it(stopped_clock):
    here = make_platform()
    user = make_member(here, Role.EDITOR)
    assert list(user.groups.values_list("name", flat=True)) == ["editor"]
    roles.take_role(membership_of(user, here), by=make_person(), at=stopped_clock.now())
    assert not user.groups.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_no_association_makes_its_people_editors_of_the_front_hall(role):
    """Administrators of an association give themselves any role there; the rights of the house's groups reach over
    everything, those of an association's own over what is its own.
    """
    there = make_organisation()
    names = list(make_member(there, role).groups.values_list("name", flat=True))
    assert names == ([f"editor:{there.pk}"] if role == Role.EDITOR else [])


def test_groups_that_are_no_roles_are_left_alone(stopped_clock):
    here = make_platform()
    user = make_member(here, Role.EDITOR)
    user.groups.add(Group.objects.create(name="Proof readers"))
    roles.take_role(membership_of(user, here), by=make_person(), at=stopped_clock.now())
    assert list(user.groups.values_list("name", flat=True)) == ["Proof readers"]


def test_a_role_lost_elsewhere_keeps_the_group(stopped_clock):
    here, there = make_platform(), make_organisation()
    user = make_member(here, Role.EDITOR)
    make_member(there, Role.EDITOR, user)
    roles.take_role(membership_of(user, there), by=make_person(), at=stopped_clock.now())
    assert roles_of(user) == {Role.EDITOR}
    assert user.groups.count() == 1


def test_only_administrators_of_the_platform_itself_may_everything(stopped_clock):
    chief, other = (
        make_member(make_platform(), Role.ADMINISTRATOR),
        make_member(make_organisation(), Role.ADMINISTRATOR),
    )
    assert chief.is_superuser
    assert not other.is_staff
    assert not other.is_superuser


@pytest.mark.parametrize("verb", ["change", "take"])
def test_losing_a_role_ends_sessions_and_is_told(stopped_clock, verb):
    here = make_organisation()
    user, boss = make_member(here, Role.EDITOR), make_person()
    signed_in(user)
    if verb == "change":
        roles.change_role(membership_of(user, here), to=Role.AUTHOR, by=boss, at=stopped_clock.now())
    else:
        roles.take_role(membership_of(user, here), by=boss, at=stopped_clock.now())
    assert not Session.objects.filter(user=user).exists()
    assert Notice.objects.get().kind == Notices.ROLE_CHANGED
    events = Entry.objects.filter(event__in=[Event.ROLE_CHANGED, Event.ROLE_TAKEN])
    assert events.get().actor == f"user:{boss.pk}"


def test_nobody_has_the_same_role_twice(stopped_clock):
    here = make_organisation()
    user = make_member(here, Role.EDITOR)
    with pytest.raises(roles.RoleTakenError):
        make_member(here, Role.EDITOR, user)
    make_member(here, Role.AUTHOR, user)
    first = Membership.objects.get(user=user, role=Role.AUTHOR)
    with pytest.raises(roles.RoleTakenError):
        roles.change_role(first, to=Role.EDITOR, by=user, at=stopped_clock.now())


def test_the_last_administrator_of_the_platform_stays(stopped_clock):
    platform = make_platform()
    chief = make_member(platform, Role.ADMINISTRATOR)
    with pytest.raises(roles.LastAdministratorError):
        roles.change_role(membership_of(chief, platform), to=Role.EDITOR, by=chief, at=stopped_clock.now())
    with pytest.raises(roles.LastAdministratorError):
        roles.take_role(membership_of(chief, platform), by=chief, at=stopped_clock.now())


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_leave_at_the_same_moment_do_not_both_leave(stopped_clock):
    platform = make_platform()
    both = [make_member(platform, Role.ADMINISTRATOR) for _ in range(2)]
    leaving = [membership_of(user, platform) for user in both]
    at = stopped_clock.now()
    at_once(2, lambda: roles.take_role(leaving.pop(), by=both[0], at=at))
    assert queries.platform_administrators().count() == 1


def test_administrators_manage_their_own_organisation_only():
    here, there = make_organisation(), make_organisation()
    boss, member = make_member(here, Role.ADMINISTRATOR), make_member(here)
    chief = make_member(make_platform(), Role.ADMINISTRATOR)
    assert rules.may_manage_members(boss, here)
    assert not rules.may_manage_members(boss, there)
    assert not rules.may_manage_members(member, here)
    assert rules.may_see(member, here)
    assert not rules.may_see(member, there)
    assert rules.may_manage_members(chief, there)
