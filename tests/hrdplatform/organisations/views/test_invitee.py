"""The page behind an invitation's link."""

import pytest
from django.test import Client

from hrdplatform.accounts.models import User
from hrdplatform.organisations.domain.invitations import invite
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Role
from tests.factories.accounts import PASSWORD, make_person, signed_in
from tests.factories.organisations import make_organisation, roles_of
from tests.walks.forms import Document

pytestmark = pytest.mark.django_db
EMAIL = "ana@example.org"


@pytest.fixture
def link(stopped_clock):
    address = invite(
        email=EMAIL,
        organisation=make_organisation("Sea Watch"),
        role=Role.AUTHOR,
        language="en",
        door="office",
        by=None,
        at=stopped_clock.now(),
    )
    return "/" + address.split("/", 3)[3]


def test_somebody_new_makes_an_account_and_goes_on_to_the_second_step(link):
    client = Client()
    assert (
        "Sea Watch invites you" in Document(client.get(link, headers={"accept-language": "en"}).content.decode()).text
    )
    assert client.post(link, {"name": "Ana", "password": PASSWORD})["Location"] == "/account/enrol/"
    assert client.get("/office/")["Location"].startswith("/account/enrol/")
    assert roles_of(User.objects.get()) == {Role.AUTHOR}


def test_a_weak_password_makes_no_account(link):
    assert Client().post(link, {"name": "Ana", "password": "ana@example.org1"}).status_code == 422
    assert not User.objects.exists()


def test_what_the_link_says_is_not_changed_by_fields_of_ones_own(link):
    here, other = Organisation.objects.get(), make_organisation("Aubépine")
    planted = {"role": "administrator", "organisation": other.pk, "email": "boss@example.org", "language": "ar"}
    planted |= {"is_staff": "on", "is_superuser": "on", "is_active": "", "groups": "1", "id": "1", "invitation": "1"}
    assert Client().post(link, {"name": "Ana", "password": PASSWORD} | planted).status_code == 302
    ana = User.objects.get()
    assert (ana.email, ana.is_staff, ana.is_superuser, ana.is_active) == (EMAIL, False, False, True)
    assert [(one.organisation, one.role) for one in ana.memberships.all()] == [(here, Role.AUTHOR)]


def test_somebody_known_signs_in_with_both_steps_and_accepts(link):
    user = make_person(EMAIL)
    assert Client().post(link).status_code == 403
    assert signed_in(user, verified=False).post(link).status_code == 403
    assert not roles_of(user)
    assert signed_in(user).post(link).status_code == 302
    assert roles_of(user) == {Role.AUTHOR}


def test_somebody_else_is_told_to_sign_out(link):
    make_person(EMAIL)
    client = signed_in(make_person())
    assert "another address" in Document(client.get(link, headers={"accept-language": "en"}).content.decode()).text
    assert client.post(link).status_code == 403


@pytest.mark.parametrize("secret", ["x", "a" * 300, "..%2f"])
def test_a_made_up_link_is_gone(secret):
    assert Client().get(f"/account/invitation/{secret}/").status_code in {404, 410}
