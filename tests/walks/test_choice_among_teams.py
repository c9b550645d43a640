"""Two teams stand at the door: a defender chooses one, and her request lies on that team's desk and on no other."""

import pytest
from playwright.sync_api import expect

from legal_aid.models import Case
from tests.factories import desk
from tests.walks import shots
from tests.walks.defender import Defender
from tests.walks.desk import Member
from tests.walks.scriptless import Scriptless

pytestmark = [pytest.mark.walk, pytest.mark.database]
STORY = "They searched our office."


@pytest.fixture
def other(team):
    return desk.team("two")


def reaches_only(visitors, chosen, passed_over) -> None:
    """The queue of the chosen team shows the request; the other team's is empty, and its members find no address."""
    case = Case.objects.get()
    assert case.team == chosen.row
    reader = Member(visitors(), chosen.users["m01"], desk.PASSPHRASE)
    reader.comes_to_the_desk()
    reader.opens_the_request(STORY)
    reader.reads(STORY)
    stranger = Member(visitors(), passed_over.users["m01"], desk.PASSPHRASE)
    stranger.comes_to_the_desk()
    stranger.sees_in_the_queue()
    found = stranger.page.request.get(f"{stranger.walker.site.url}/desk/sealed/case/{case.pk}/")
    assert found.status == 404


def test_on_the_page_that_seals_she_chooses_one_of_two_teams(visitors, team, other):
    defender = Defender(visitors(language="en", phone=True))
    defender.begins()
    expect(defender.page.locator('[name="team"]:checked')).to_have_count(0)
    defender.tells(STORY)
    defender.continues()
    expect(defender.page.locator('[data-screen="situation"]')).to_be_visible()
    defender.is_told("Nothing is lost")
    defender.page.get_by_role("radio", name="Team two").check()
    expect(defender.page.locator('[name="story"]')).to_have_value(STORY)
    defender.continues()
    defender.continues()
    defender.seals_and_sends()
    defender.notes_the_receipt()
    defender.confirms_two_words()
    reaches_only(visitors, other, team)


def test_without_scripts_she_chooses_one_of_two_teams(visitors, team, other, tmp_path):
    her = Scriptless(visitors(scripts=False, language="en", phone=True), "en", shots.folder(tmp_path))
    her.goes_to("request/plain/", "choice").writes("story", STORY).presses("contact", "choice-error")
    assert her.page.locator("main [name=story]").input_value() == STORY
    her.page.get_by_role("radio", name="Team two").check()
    her.presses("contact", "contact").presses("check", "check")
    expect(her.page.locator("main")).to_contain_text("Team two")
    her.presses("send", "receipt")
    her.confirms()
    reaches_only(visitors, other, team)


@pytest.mark.parametrize("scripts", [True, False])
def test_in_an_emergency_she_chooses_as_well(visitors, team, other, tmp_path, scripts):
    walker = visitors(scripts=scripts, language="en", phone=True)
    if scripts:
        defender = Defender(walker)
        defender.opens("urgent/")
        defender.page.get_by_role("radio", name="Team two").check()
        defender.tells(STORY)
        defender.seals_and_sends()
        defender.notes_the_receipt()
    else:
        her = Scriptless(walker, "en", shots.folder(tmp_path)).goes_to("urgent/plain/", "urgent-choice")
        her.page.get_by_role("radio", name="Team two").check()
        her.writes("story", STORY).presses("send", "urgent-receipt")
    reaches_only(visitors, other, team)
