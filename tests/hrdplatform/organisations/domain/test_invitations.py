"""Invitations: single use, seven days, one address, secret kept only in the link."""

import pytest

from hrdplatform.accounts.domain.people import AddressTakenError
from hrdplatform.accounts.models import User
from hrdplatform.notices.models import Notice
from hrdplatform.organisations import queries
from hrdplatform.organisations.domain import invitations
from hrdplatform.organisations.models import Invitation
from hrdplatform.organisations.states import Role
from tests.factories.accounts import PASSWORD, make_person
from tests.factories.organisations import make_member, make_organisation, roles_of
from tests.hrdplatform.accounts.parallel import at_once

pytestmark = pytest.mark.django_db
EMAIL = "ana@example.org"


def send(organisation, at, email=EMAIL, role=Role.AUTHOR):
    """The secret of a new invitation."""
    link = invitations.invite(
        email=email, organisation=organisation, role=role, language="de", door="office", by=None, at=at
    )
    return link.rstrip("/").rsplit("/", 1)[1]


def accept(secret, at):
    return invitations.accept_as_new(secret=secret, name="Ana", password=PASSWORD, language="de", at=at)


def test_a_new_person_gets_account_and_role(stopped_clock):
    here = make_organisation()
    user = accept(send(here, stopped_clock.now()), stopped_clock.now())
    assert user.email == EMAIL
    assert queries.roles_in(user, here).get().role == Role.AUTHOR


def test_a_known_person_gets_the_role_only(stopped_clock):
    here, user = make_organisation(), make_person(EMAIL)
    invitations.accept_as(user, secret=send(here, stopped_clock.now()), at=stopped_clock.now())
    assert roles_of(user) == {Role.AUTHOR}


def test_a_link_works_once(stopped_clock):
    secret = send(make_organisation(), stopped_clock.now())
    user = accept(secret, stopped_clock.now())
    with pytest.raises(invitations.InvitationRefusedError):
        invitations.accept_as(user, secret=secret, at=stopped_clock.now())


def test_a_link_works_for_seven_days(stopped_clock):
    secret = send(make_organisation(), stopped_clock.now())
    stopped_clock.move(days=6, hours=23)
    assert invitations.invitation_of(secret, at=stopped_clock.now())
    stopped_clock.move(hours=1)
    with pytest.raises(invitations.InvitationRefusedError):
        invitations.invitation_of(secret, at=stopped_clock.now())


def test_a_withdrawn_link_leads_nowhere(stopped_clock):
    secret = send(make_organisation(), stopped_clock.now())
    assert invitations.withdraw(Invitation.objects.get(), by=make_person(), at=stopped_clock.now())
    with pytest.raises(invitations.InvitationRefusedError):
        accept(secret, stopped_clock.now())


def test_inviting_again_replaces_the_first_link(stopped_clock):
    here = make_organisation()
    first, second = send(here, stopped_clock.now()), send(here, stopped_clock.now())
    with pytest.raises(invitations.InvitationRefusedError):
        accept(first, stopped_clock.now())
    assert accept(second, stopped_clock.now())


def test_another_person_cannot_take_it_and_it_stays_open(stopped_clock):
    secret = send(make_organisation(), stopped_clock.now())
    with pytest.raises(invitations.AnotherPersonError):
        invitations.accept_as(make_person(), secret=secret, at=stopped_clock.now())
    assert accept(secret, stopped_clock.now())


def test_an_address_with_an_account_makes_no_second_one(stopped_clock):
    make_person(EMAIL)
    secret = send(make_organisation(), stopped_clock.now())
    with pytest.raises(AddressTakenError):
        accept(secret, stopped_clock.now())
    assert User.objects.filter(email=EMAIL).count() == 1


def test_who_has_the_role_is_not_invited_to_it(stopped_clock):
    here = make_organisation()
    make_member(here, Role.AUTHOR, make_person(EMAIL))
    with pytest.raises(invitations.RoleTakenError):
        send(here, stopped_clock.now(), email="ANA@example.org")


def test_the_table_does_not_hold_the_secret(stopped_clock):
    secret = send(make_organisation(), stopped_clock.now())
    assert secret not in str(list(Invitation.objects.values()))
    assert Notice.objects.get().language == "de"


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_ten_who_take_the_link_at_the_same_moment_one_gets_in(stopped_clock):
    secret = send(make_organisation(), stopped_clock.now())
    results = at_once(10, lambda: accept(secret, stopped_clock.now()))
    assert sum(isinstance(result, User) for result in results) == 1
    assert User.objects.count() == 1
