"""Leaving a team: two remove a reader, the desk closes at once, and a list without the keys follows."""

from dataclasses import replace

import pytest

from hrdplatform.accounts.models import Session, User
from hrdplatform.notices.models import Notice
from hrdplatform.organisations.domain.roles import take_role
from hrdplatform.organisations.models import Membership
from hrdplatform.web import clock
from legal_aid.models import TeamMember
from legal_aid.states import MemberState, TeamRole
from tests.factories import accounts, legal_aid
from tests.legal_aid.views.test_team import bring, next_text

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def lead(team):
    return accounts.signed_in(team.users["m01"])


def state(member: str) -> str:
    return TeamMember.objects.get(member=member).state


def page(client) -> str:
    return client.get("/desk/team/").content.decode()


def leaves_the_organisation(team, member: str) -> None:
    membership = Membership.objects.get(user=team.users[member], organisation=team.row.organisation)
    take_role(membership, by=team.users["m01"], at=clock.now())


def without(team, *left: str) -> str:
    """The next list, with these members alone."""
    team.signed.newest = legal_aid.lists.parse(team.row.newest.text)
    return next_text(team, members=team.signed.members(*left))


def test_the_lead_alone_shuts_no_reader_out(team, lead, defender, desk_of):
    """As a stolen session of the lead would try: the desk stays open, and a list without the reader is refused."""
    defender.open_case()
    desk = desk_of("m02")
    assert lead.post("/desk/team/member/m02/remove/").status_code == 302
    assert desk.get(f"case/{defender.case}/").status_code == 200
    assert lead.post("/desk/team/member/m02/confirm/").status_code == 404
    answer = bring(lead, without(team, "m01", "m03", "m04"))
    assert answer.status_code == 422
    assert "no second member confirmed" in answer.content.decode()
    assert state("m02") == MemberState.ACTIVE


def test_no_recovery_key_takes_the_place_of_a_reader(team, lead):
    """Else the root alone took a reader off, under keys that nobody proposed."""
    other = team.signed.keys("m02", "of nobody")
    taken = replace(team.signed.newest.member("m02"), kind="recovery", kem=other.kem_public, sig=other.sig_public)
    stay = [one for one in team.signed.newest.members if one.id != "m02"]
    members = tuple(sorted([*stay, taken], key=lambda one: one.id))
    assert bring(lead, next_text(team, members=members)).status_code == 422
    assert state("m02") == MemberState.ACTIVE


def test_the_lead_alone_silences_no_alert(team, lead, defender):
    """A narrower scope counts from the next signed list on, for the mails too."""
    lead.post("/desk/team/member/m02/change/", {"role": "lawyer", "scope": "case"})
    defender.open_case(urgency="now")
    assert team.users["m02"].email in set(Notice.objects.values_list("to", flat=True))


def test_a_second_member_confirms_and_the_desk_closes_at_once(team, lead, defender, desk_of):
    defender.open_case()
    desk_of("m02")
    second = accounts.signed_in(team.users["m04"])
    assert "Confirm the removal" not in page(second)
    lead.post("/desk/team/member/m02/remove/")
    assert "Confirm the removal" in page(second)
    assert second.post("/desk/team/member/m02/confirm/").status_code == 302
    assert not Session.objects.filter(user=team.users["m02"]).exists()
    assert desk_of("m02").get(f"case/{defender.case}/").status_code == 404
    assert "the signed list still names the keys" in page(lead)
    assert [one["id"] for one in lead.get("/desk/team/request.json").json()["members"]] == ["m01", "m03", "m04"]
    assert bring(lead, without(team, "m01", "m02", "m03", "m04")).status_code == 422
    assert bring(lead, without(team, "m01", "m03", "m04")).status_code == 302
    assert "the signed list still names the keys" not in page(lead)


def test_nobody_confirms_the_own_removal_nor_reads_of_it_before(team, lead):
    lead.post("/desk/team/member/m02/remove/")
    going = accounts.signed_in(team.users["m02"])
    assert going.post("/desk/team/member/m02/confirm/").status_code == 404
    assert "To be removed" not in page(going)
    assert "To be removed" in page(lead)


def test_a_removal_that_nobody_asked_for_cannot_be_confirmed(team):
    second = accounts.signed_in(team.users["m04"])
    second.post("/desk/team/member/m02/confirm/")
    assert state("m02") == MemberState.ACTIVE


def test_confirming_needs_a_factor_shown_just_now(team, lead):
    lead.post("/desk/team/member/m02/remove/")
    stale = accounts.signed_in(team.users["m04"], fresh=False)
    assert "/account/second-factor/" in stale.post("/desk/team/member/m02/confirm/").url
    assert state("m02") == MemberState.ACTIVE


def test_the_lead_can_think_better_of_it(team, lead):
    lead.post("/desk/team/member/m02/remove/")
    lead.post("/desk/team/member/m02/keep/")
    accounts.signed_in(team.users["m04"]).post("/desk/team/member/m02/confirm/")
    assert state("m02") == MemberState.ACTIVE


def test_where_nobody_else_could_confirm_the_signature_decides(team, lead, defender, desk_of):
    """A team of two: the session alone still does nothing, the root that lies off-line removes the reader."""
    TeamMember.objects.filter(member="m04").update(state=MemberState.REMOVED)
    defender.open_case()
    lead.post("/desk/team/member/m02/remove/")
    assert desk_of("m02").get(f"case/{defender.case}/").status_code == 200
    assert "Nobody else on the list can confirm it" in page(lead)
    assert [one["id"] for one in lead.get("/desk/team/request.json").json()["members"]] == ["m01", "m03"]
    assert bring(lead, without(team, "m01", "m03")).status_code == 302
    assert state("m02") == MemberState.REMOVED
    assert not Session.objects.filter(user=team.users["m02"]).exists()


def test_somebody_whose_keys_read_nothing_yet_is_removed_by_the_lead(team, lead):
    TeamMember.objects.filter(member="m02").update(state=MemberState.PROPOSED)
    lead.post("/desk/team/member/m02/remove/")
    assert state("m02") == MemberState.REMOVED


def test_who_leaves_the_organisation_finds_no_case_from_that_moment(team, lead, defender, desk_of):
    defender.open_case()
    desk = desk_of("m02")
    assert desk.get(f"case/{defender.case}/").status_code == 200
    leaves_the_organisation(team, "m02")
    back = desk_of("m02")
    for path in ("me/", "queue/", f"case/{defender.case}/"):
        assert back.get(path).status_code == 404
    assert back.client.get("/desk/").status_code == 404


def test_the_lead_is_told_to_sign_a_list_without_who_left(team, lead):
    assert "No longer in the organisation" not in page(lead)
    leaves_the_organisation(team, "m02")
    assert "No longer in the organisation" in page(lead)
    assert "the signed list still names the keys" in page(lead)
    assert [one["id"] for one in lead.get("/desk/team/request.json").json()["members"]] == ["m01", "m03", "m04"]
    assert bring(lead, without(team, "m01", "m02", "m03", "m04")).status_code == 422
    assert bring(lead, without(team, "m01", "m03", "m04")).status_code == 302
    assert state("m02") == MemberState.REMOVED


def test_an_account_that_is_switched_off_is_to_come_off_the_list_too(team, lead):
    User.objects.filter(pk=team.users["m02"].pk).update(is_active=False)
    assert "the signed list still names the keys" in page(lead)


def test_who_comes_back_before_the_next_list_reads_again(team, lead, defender, desk_of):
    defender.open_case()
    leaves_the_organisation(team, "m02")
    legal_aid.belongs(team.users["m02"], team.row.organisation)
    assert desk_of("m02").get(f"case/{defender.case}/").status_code == 200


def test_a_team_never_loses_its_lead(lead):
    lead.post("/desk/team/member/m01/change/", {"role": "lawyer", "scope": "intake"})
    lead.post("/desk/team/member/m01/remove/")
    found = TeamMember.objects.get(member="m01")
    assert (found.role, found.state, found.removal_asked) == (TeamRole.LEAD, MemberState.ACTIVE, False)
