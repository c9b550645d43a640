"""The own name and language over HTTP, and nothing besides."""

import pytest
from django.contrib.auth.models import Group
from django.forms import model_to_dict

from tests.factories.accounts import make_person, signed_in

pytestmark = pytest.mark.django_db
PROFILE = "/account/profile/"


def test_name_and_language_change():
    user = make_person(language="en")
    assert signed_in(user).post(PROFILE, {"name": "Ana", "language": "de"}).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.language) == ("Ana", "de")


def test_fields_that_the_form_has_not_change_nobody():
    user, other = make_person(), make_person()
    client = signed_in(user)
    before, theirs = model_to_dict(user), model_to_dict(other)
    planted = {"is_superuser": "on", "is_staff": "on", "is_active": "", "groups": Group.objects.create(name="boss").pk}
    planted |= {"email": "boss@example.org", "password": "x", "id": other.pk, "user": other.pk, "number": other.pk}
    assert client.post(PROFILE, {"name": "Ana", "language": "de"} | planted).status_code == 302
    user.refresh_from_db()
    other.refresh_from_db()
    assert model_to_dict(user) == before | {"name": "Ana", "language": "de"}
    assert model_to_dict(other) == theirs


@pytest.mark.parametrize("wrong", [{"name": ""}, {"language": "xx"}, {"name": "x" * 151}])
def test_a_profile_that_makes_no_sense_is_refused(wrong):
    user = make_person()
    assert signed_in(user).post(PROFILE, {"name": "Ana", "language": "de"} | wrong).status_code == 422
    user.refresh_from_db()
    assert user.name != "Ana"
