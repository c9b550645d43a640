"""What a member keeps sealed to the own keys: the keyring, and drafts of cases that are open to the member."""

import json

import pytest

from legal_aid.domain import erasure
from legal_aid.models import OwnSealed, TeamMember
from legal_aid.states import MemberState
from tests.factories import legal_aid

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def sealed(defender):
    """Something sealed to somebody; whether the member can open it is not the server's to know."""
    return {"sealed": defender.request()["records"][0]["sealed"]}


def put(desk: legal_aid.Desk, name: str, body: dict):
    return desk.client.put(f"{legal_aid.DESK}own/{name}/", json.dumps(body), content_type="application/json")


def test_a_draft_is_kept_and_given_back(defender, desk_of, sealed):
    defender.open_case()
    desk = desk_of("m01")
    assert put(desk, f"draft-{defender.case}", sealed).status_code == 204
    assert desk.get(f"own/draft-{defender.case}/").json() == sealed
    assert desk_of("m02").get(f"own/draft-{defender.case}/").status_code == 404


def test_a_draft_of_a_case_that_is_not_open_to_the_member_is_not_kept(defender, desk_of, sealed):
    defender.open_case()
    assert put(desk_of("m04"), f"draft-{defender.case}", sealed).status_code == 404
    assert put(desk_of("m01"), f"draft-{'0' * 32}", sealed).status_code == 404
    assert not OwnSealed.objects.exists()


def test_who_is_off_the_list_keeps_no_draft_but_a_newcomer_keeps_a_keyring(defender, desk_of, sealed):
    defender.open_case()
    desk = desk_of("m01")
    TeamMember.objects.filter(member="m01").update(state=MemberState.PROPOSED)
    assert put(desk, f"draft-{defender.case}", sealed).status_code == 404
    assert put(desk, "keyring", sealed).status_code == 204


def test_drafts_go_with_their_case_and_do_not_come_back(defender, desk_of, sealed):
    defender.open_case()
    desks = [desk_of("m01"), desk_of("m02")]
    for desk in desks:
        assert put(desk, f"draft-{defender.case}", sealed).status_code == 204
    defender.post("erase/", {"case": defender.case}, **defender.receipt)
    assert erasure.remains(defender.case)["drafts"] == 0
    assert put(desks[0], f"draft-{defender.case}", sealed).status_code == 404
    assert not OwnSealed.objects.exists()
