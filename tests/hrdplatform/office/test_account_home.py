"""The home of an account leads to the office who has work there, and nobody else."""

import pytest

from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.organisations import make_member, make_organisation

pytestmark = pytest.mark.django_db
OFFICE = b'href="/office/"'


@pytest.mark.parametrize(("role", "found"), [(Role.AUTHOR, True), (Role.ADMINISTRATOR, True), (Role.MEMBER, False)])
def test_who_has_an_office_role_finds_the_office(role, found):
    client = signed_in(make_member(make_organisation(), role))
    assert (OFFICE in client.get("/account/").content) == found
