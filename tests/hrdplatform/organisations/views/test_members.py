"""Managing members over HTTP: the own organisation only."""

import pytest

from hrdplatform.organisations.models import Invitation, Membership
from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.organisations import make_member, make_organisation, make_platform, membership_of
from tests.walks.forms import Document

pytestmark = pytest.mark.django_db
INVITE = {"email": "ana@example.org", "role": "author", "language": "fr"}


def page(organisation, tail=""):
    return f"/account/organisation/{organisation.slug}/{tail}"


def test_an_administrator_invites_and_withdraws():
    here = make_organisation()
    client = signed_in(make_member(here, Role.ADMINISTRATOR))
    assert client.post(page(here, "invite/"), INVITE).status_code == 302
    assert "ana@example.org" in Document(client.get(page(here)).content.decode()).text
    client.post(page(here, f"invitation/{Invitation.objects.get().pk}/withdraw/"))
    assert "ana@example.org" not in Document(client.get(page(here)).content.decode()).text


def test_an_administrator_changes_and_takes_roles():
    here = make_organisation()
    client = signed_in(make_member(here, Role.ADMINISTRATOR))
    editor = make_member(here, Role.EDITOR)
    target = page(here, f"member/{membership_of(editor, here).pk}/")
    assert client.get(target + "role/").status_code == 200
    client.post(target + "role/", {"role": "author"})
    assert membership_of(editor, here).role == Role.AUTHOR
    client.post(target + "remove/")
    assert not Membership.objects.filter(user=editor).exists()


def test_a_member_sees_colleagues_and_changes_nothing():
    here = make_organisation()
    client = signed_in(make_member(here))
    assert client.get(page(here)).status_code == 200
    assert client.post(page(here, "invite/"), INVITE).status_code == 404
    assert not Invitation.objects.exists()


def test_another_organisation_is_not_there():
    here, there = make_organisation(), make_organisation()
    member = make_member(there)
    client = signed_in(make_member(here, Role.ADMINISTRATOR))
    own = f"member/{membership_of(member, there).pk}/"
    for tail in ("", "invite/", own + "role/", own + "remove/"):
        assert client.get(page(there, tail)).status_code == 404, tail
    for tail in (own + "role/", own + "remove/"):
        assert client.post(page(here, tail), {"role": "author"}).status_code == 404, tail
    assert membership_of(member, there).role == Role.MEMBER


def test_the_last_administrator_of_the_platform_is_told_why_not():
    platform = make_platform()
    chief = make_member(platform, Role.ADMINISTRATOR)
    client = signed_in(chief)
    target = page(platform, f"member/{membership_of(chief, platform).pk}/")
    assert client.post(target + "remove/").status_code == 409
    assert client.post(target + "role/", {"role": "author"}).status_code == 422


def test_made_up_roles_and_fields_are_refused():
    here = make_organisation()
    boss = make_member(here, Role.ADMINISTRATOR)
    client = signed_in(boss)
    assert client.post(page(here, "invite/"), INVITE | {"role": "emperor"}).status_code == 422
    client.post(page(here, "invite/"), INVITE | {"organisation": "1", "is_superuser": "on"})
    assert Invitation.objects.get().organisation == here


@pytest.mark.parametrize("members", [1, 3])
def test_the_list_asks_the_database_alike_at_one_and_three(members, django_assert_num_queries):
    here = make_organisation()
    client = signed_in(make_member(here, Role.ADMINISTRATOR))
    for _ in range(members - 1):
        make_member(here)
    with django_assert_num_queries(8):
        client.get(page(here))


def test_an_administrator_of_the_platform_switches_an_account_off_and_on():
    here = make_organisation()
    member = make_member(here, Role.EDITOR)
    theirs, chief = signed_in(member), signed_in(make_member(make_platform(), Role.ADMINISTRATOR))
    target = page(here, f"member/{membership_of(member, here).pk}/account/")
    assert chief.get(target).status_code == 200
    chief.post(target)
    assert theirs.get("/account/")["Location"].startswith("/account/login/")
    assert "switched off" in Document(chief.get(page(here)).content.decode()).text
    chief.post(target)
    member.refresh_from_db()
    assert member.is_active


def test_nobody_else_switches_accounts_and_nobody_the_own():
    here, platform = make_organisation(), make_platform()
    boss, member, chief = (
        make_member(here, Role.ADMINISTRATOR),
        make_member(here),
        make_member(platform, Role.ADMINISTRATOR),
    )
    target = page(here, f"member/{membership_of(member, here).pk}/account/")
    assert signed_in(boss).post(target).status_code == 404
    own = page(platform, f"member/{membership_of(chief, platform).pk}/account/")
    assert signed_in(chief).post(own).status_code == 404
