"""The first administrator of an empty platform, and an operator who lets somebody in again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from hrdplatform.accounts import queries
from hrdplatform.accounts.models import User
from hrdplatform.organisations.models import Invitation, Organisation
from tests.factories.accounts import PASSWORD, make_person

pytestmark = pytest.mark.django_db


def first_administrator(email="chief@example.org"):
    out = StringIO()
    call_command("first_administrator", email=email, language="en", stdout=out, stderr=StringIO())
    return "/" + out.getvalue().strip().split("/", 3)[3]


def test_the_link_makes_an_administrator_of_the_platform():
    Client().post(first_administrator(), {"name": "Chief", "password": PASSWORD})
    assert User.objects.get().is_superuser
    assert str(Organisation.objects.get()) == "Defenders’ platform"


def test_a_second_call_replaces_the_first_link_and_one_after_acceptance_is_refused():
    first, second = first_administrator(), first_administrator()
    assert Client().get(first).status_code == 410
    Client().post(second, {"name": "Chief", "password": PASSWORD})
    with pytest.raises(CommandError, match="has an administrator"):
        first_administrator()
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize("bad", ["", "nobody", "a b@example.org"])
def test_no_address_no_link(bad):
    with pytest.raises(CommandError):
        first_administrator(bad)


def test_factors_are_forgotten_for_a_known_address_only():
    user = make_person("ana@example.org")
    call_command("forget_factors", "ANA@example.org", stdout=StringIO())
    assert not queries.has_factor(user)
    with pytest.raises(CommandError):
        call_command("forget_factors", "bob@example.org")
