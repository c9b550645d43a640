"""Organisations and the people in them."""

from itertools import count

from hrdplatform.accounts.models import User
from hrdplatform.organisations.domain.founding import make_organisation as found
from hrdplatform.organisations.domain.roles import give_role
from hrdplatform.organisations.models import Membership, Organisation
from hrdplatform.organisations.queries import roles_in
from hrdplatform.organisations.states import Kind, Role
from hrdplatform.web import clock
from tests.factories.accounts import make_person

numbers = count(1)


def make_organisation(name: str = "", *, slug: str = "", kind: Kind = Kind.NGO) -> Organisation:
    number = next(numbers)
    slug = slug or f"organisation-{number}"
    return found(name=name or slug, language="en", slug=slug, kind=kind, by=None, at=clock.now())


def make_platform() -> Organisation:
    return make_organisation("Platform", slug="platform", kind=Kind.PLATFORM)


def roles_of(user: User) -> set[Role]:
    """What a person is anywhere."""
    return {Role(membership.role) for membership in Membership.objects.filter(user=user)}


def make_member(organisation: Organisation, role: Role = Role.MEMBER, user: User | None = None) -> User:
    """Somebody with `role` in `organisation` who can pass both steps."""
    user = user or make_person()
    give_role(user, organisation=organisation, role=role, actor="system", at=clock.now())
    user.refresh_from_db()
    return user


def membership_of(user: User, organisation: Organisation):
    return roles_in(user, organisation).get()
