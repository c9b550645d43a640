"""The openings of twelve real-life requests: text in its language, files to the description, a reply, the return.

What the team opens is held against what she typed and against every byte that she sent.

What is expected of them later (deadlines, referrals, incident logs) belongs to the rooms to come.
"""

import pytest
from playwright.sync_api import expect

from legal_aid.models import Case, Upload
from tests.factories import legal_aid
from tests.factories.accounts import signed_in
from tests.scenarios import Scenario, scenarios
from tests.walks.defender import SEALING, Defender
from tests.walks.received import Received
from tests.walks.scriptless import Scriptless

pytestmark = [pytest.mark.walk, pytest.mark.database]
WITHOUT_SCRIPTS = {"S07", "S17"}
REPLY = "We have read this. Look here again tomorrow."


def answers(team: legal_aid.StoredTeam, text: str) -> None:
    """A lawyer answers the only case, with the real functions over the real addresses."""
    desk = legal_aid.Desk(signed_in(team.users["m01"]), team)
    assert desk.write(Case.objects.get().pk, text).status_code == 201


@pytest.mark.parametrize("told", [one for one in scenarios() if one.id not in WITHOUT_SCRIPTS], ids=str)
def test_a_request_is_sealed_answered_and_read(told: Scenario, visitors, site, tmp_path):
    team = legal_aid.team()
    defender = Defender(visitors(language=told.language, phone=True), told.language)
    defender.begins()
    defender.tells(told.text)
    defender.page.check(f'[name="urgency"][value="{told.urgency}"]')
    files = told.written(tmp_path)
    if files:
        defender.adds(*files)
        defender.sees_her_files_sealed(len(files))
    defender.continues()
    defender.names_a_safe_way(**told.contact)
    defender.continues()
    defender.seals_and_sends()
    assert len(defender.notes_the_receipt()) == 8
    defender.confirms_two_words()
    expect(defender.page.locator('[data-screen="done"]')).to_be_visible()

    case = Case.objects.get()
    assert (case.arrival, case.urgency) == ("browser", told.urgency)
    assert Upload.objects.filter(case=case).count() == len(files)
    team_side = Received(team)
    assert team_side.text == told.text
    assert told.contact.items() <= team_side.contact.items()
    team_side.holds(*files)
    answers(team, REPLY)

    defender.returns()
    expect(defender.page.locator("#thread .msg")).to_have_count(2, timeout=SEALING)
    expect(defender.page.locator("#thread")).to_contain_text(told.text[:40])
    expect(defender.page.locator("#thread")).to_contain_text(REPLY)
    expect(defender.page.locator("#thread ul.files li")).to_have_count(len(files))
    defender.sees_all_verified()


def scenario(id_: str) -> Scenario:
    return next(one for one in scenarios() if one.id == id_)


def comes_back(her: Scriptless, words: list[str], *texts: str) -> None:
    """Without scripts she types the words and reads both sides."""
    her.goes_to("return/plain/", "return").writes("words", " ".join(words))
    her.page.locator("main form button.btn").click()
    for text in texts:
        expect(her.page.locator("ol.thread")).to_contain_text(text)


def test_s07_on_a_small_phone_without_scripts_one_screen_alerts_who_is_on_call(visitors, site, tmp_path):
    team, told = legal_aid.team(), scenario("S07")
    her = Scriptless(visitors(scripts=False, language=told.language, phone=True), told.language, tmp_path)
    her.page = her.walker.page
    her.page.set_viewport_size({"width": 320, "height": 640})
    her.goes_to("urgent/plain/", "urgent")
    assert her.page.evaluate("document.documentElement.scrollWidth") <= 320
    her.writes("story", told.text).presses("send", "receipt")
    words = her.words
    assert len(words) == 8
    assert all(3 <= len(word) <= 9 for word in words), "short enough to be read aloud"
    her.confirms()
    case = Case.objects.get()
    assert (case.arrival, case.urgency) == ("server", "now")
    assert Received(team).text == told.text
    answers(team, REPLY)
    comes_back(her, words, told.text[:40], REPLY)


def test_s17_sends_the_same_file_twice_without_scripts_and_is_answered(visitors, site, tmp_path):
    team, told = legal_aid.team(), scenario("S17")
    her = Scriptless(visitors(scripts=False, language=told.language), told.language, tmp_path)
    her.goes_to("request/plain/", "situation").writes("story", told.text)
    files = told.written(tmp_path)
    her.page.locator("input[type=file]").set_input_files(files)
    her.presses("contact", "contact").presses("check", "check").presses("send", "receipt")
    words = her.words
    her.confirms()
    assert Case.objects.get().arrival == "server"
    assert Upload.objects.filter(case=Case.objects.get()).count() == 2
    team_side = Received(team)
    assert team_side.text == told.text
    team_side.holds(*files)
    assert files[0].read_bytes() == files[1].read_bytes()
    answers(team, REPLY)
    comes_back(her, words, told.text[:40], REPLY)


def test_photos_of_s02_have_lost_their_place_and_the_heic_carries_a_warning(visitors, site, tmp_path):
    team = legal_aid.team()
    told = scenario("S02")
    defender = Defender(visitors(language="en"), "en")
    defender.begins()
    defender.tells(told.text)
    screenshot, *_, heic = told.written(tmp_path)
    defender.adds(screenshot, heic)
    defender.sees_her_files_sealed(2)
    rows = defender.page.locator("ul.files li")
    expect(rows.nth(0)).to_contain_text("Place and time removed")
    expect(rows.nth(1)).to_contain_text("could not take place and time out")
    defender.continues()
    defender.continues()
    defender.seals_and_sends()
    defender.notes_the_receipt()
    defender.confirms_two_words()

    Received(team).holds(screenshot, heic)

    defender.returns()
    defender.page.get_by_role("button", name="Open screenshot-01.png").click()
    expect(defender.page.locator("#thread img")).to_be_visible(timeout=SEALING)
