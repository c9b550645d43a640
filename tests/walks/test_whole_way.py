"""From an empty platform to an answer that the defender reads: set-up, request, desk, answer, return."""

import pytest

from hrdplatform.organisations.states import Role
from hrdplatform.web import clock
from legal_aid.domain import teams
from legal_aid.domain.teams import Founding
from legal_aid.models import Case, Team
from tests.deploy.lead import Lead
from tests.factories.organisations import make_member, make_organisation
from tests.walks.defender import Defender
from tests.walks.desk import Member

pytestmark = [pytest.mark.walk, pytest.mark.database]
STORY = "They published my address. Do not call my home."


@pytest.fixture
def lead(tmp_path):
    folder = tmp_path / "off-line"
    folder.mkdir()
    return Lead(folder)


@pytest.fixture
def founded(site):
    """An organisation with its lead and a lawyer, and a team without a list."""
    organisation = make_organisation("Passerelle")
    people = [make_member(organisation, Role.ADMINISTRATOR), make_member(organisation)]
    told = Founding(organisation, "Legal team", ("fr", "en"), "Defenders in Luxembourg.")
    teams.found(told, lead=people[0], by=people[0], at=clock.now())
    return people


def test_a_team_is_set_up_a_defender_is_answered_and_reads_the_answer(visitors, founded, lead, tmp_path):
    irene, paulo = Member(visitors(), founded[0]), Member(visitors(), founded[1])
    irene.adds(paulo.user)
    irene.makes_keys()
    paulo.makes_keys()
    lead.make_root()
    irene.signs_off_line(lead, irene.spoken, paulo.spoken)
    assert Team.objects.get().newest.seq == 1

    defender = Defender(visitors(language="en", phone=True))
    note = tmp_path / "threat.txt"
    note.write_text("we know where you live")
    defender.writes_a_request(STORY, note, channel="signal", times="Monday 12:00", safe_word="Quetschekraut")

    paulo.comes_to_the_desk()
    paulo.sees_in_the_queue("They published my address.")
    paulo.opens_the_request("They published my address.")
    paulo.sees_how_to_contact("Signal", "Monday 12:00", "Quetschekraut")
    paulo.reads(STORY)
    paulo.acknowledges()
    paulo.answers("Are you somewhere safe tonight?")
    paulo.reads(STORY, "Are you somewhere safe tonight?")

    defender.returns()
    defender.reads(STORY, "Are you somewhere safe tonight?")
    defender.sees_all_verified()
    defender.writes_again("Yes, at a friend's.")

    irene.comes_to_the_desk()
    irene.opens_the_request("They published my address.")
    irene.reads(STORY, "Are you somewhere safe tonight?", "Yes, at a friend's.")
    assert Case.objects.get().acknowledged_on is not None
