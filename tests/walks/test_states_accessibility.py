"""axe in every state of the scripted pages: requests, returning, keys, the desk. Each is made once, then looked at."""

import pytest
from playwright.sync_api import expect

from legal_aid.models import Case, Record
from tests.factories import desk, legal_aid
from tests.factories.accounts import signed_in
from tests.walks.account_pages import speak
from tests.walks.axe import examine
from tests.walks.browser import DESKTOP, PHONE, Walker
from tests.walks.defender import SEALING, Defender
from tests.walks.desk import Member

pytestmark = pytest.mark.walk
STORY = "They know where I live."
LONG = f"https://example.org/{'a' * 160}"  # nothing may run out of the screen
EVERYBODY = ("fr", "en", "ar")


class Eyes:
    """Looks at one state in both widths and colours; nothing may be wrong, undecided, or wider than the screen."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker

    def look(self, state: str) -> None:
        page = self.walker.page
        expect(page.locator("h1:visible")).to_have_count(1, timeout=SEALING)
        for viewport in (PHONE, DESKTOP):
            page.set_viewport_size(viewport)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.evaluate("scrollTo(0, 0)")
                self.judge(f"{state}, {viewport['width']} {scheme}")
        self.walker.witness.testify()

    def judge(self, look: str) -> None:
        report = examine(self.walker.page)
        assert report.passes > 5, "axe looked at nothing"
        assert report.violations == [], (look, [str(finding) for finding in report.violations])
        assert report.unjudged == [], (look, [str(finding) for finding in report.unjudged])
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.walker.page.evaluate(wide) <= 0, look


@pytest.fixture
def note(tmp_path):
    file = tmp_path / "a-note-with-a-rather-long-name-that-has-to-wrap-somewhere.txt"
    file.write_text("a note")
    return file


@pytest.mark.parametrize("language", EVERYBODY)
def test_a_request_from_the_first_screen_to_the_last(visitors, site, note, language):
    legal_aid.team()
    walker = visitors(language=language)
    eyes, defender = Eyes(walker), Defender(walker, language)
    defender.begins()
    eyes.look("situation")
    defender.continues()
    eyes.look("situation with errors")
    defender.tells(f"{STORY} {LONG}")
    defender.adds(note)
    defender.sees_her_files_sealed(1)
    eyes.look("situation with a file")
    defender.continues()
    eyes.look("contact")
    defender.names_a_safe_way(channel="signal", address=LONG, times="Monday 12:00")
    defender.continues()
    eyes.look("check")
    walker.page.route("**/sealed/cases/", lambda route: route.abort())
    defender.seals_and_sends()
    expect(walker.page.locator('[role="alert"]')).to_be_visible(timeout=SEALING)
    eyes.look("connection lost")
    walker.page.unroute("**/sealed/cases/")
    walker.page.locator('[role="alert"] button').click()
    defender.notes_the_receipt()
    eyes.look("receipt")
    walker.page.click("#confirm")
    eyes.look("receipt with errors")
    defender.confirms_two_words()
    eyes.look("done")


@pytest.mark.parametrize("language", EVERYBODY)
def test_an_alert(visitors, site, language):
    legal_aid.team()
    walker = visitors(language=language)
    eyes, defender = Eyes(walker), Defender(walker, language)
    defender.opens("urgent/")
    eyes.look("urgent")
    defender.seals_and_sends()
    eyes.look("urgent with an error")


@pytest.mark.parametrize("language", EVERYBODY)
def test_coming_back_until_everything_is_erased(visitors, site, note, language):
    team = legal_aid.team()
    walker = visitors(language=language)
    eyes, defender = Eyes(walker), Defender(walker, language)
    defender.writes_a_request(STORY, note)
    legal_aid.Desk(signed_in(team.users["m01"]), team).write(Case.objects.get().pk, "We are with you.\n\nAna")
    defender.opens("return/")
    eyes.look("words")
    walker.page.click("#open")
    eyes.look("words with an error")
    defender.returns()
    defender.reads(STORY, "We are with you.\n\nAna")
    eyes.look("thread")
    walker.page.click("#write")
    eyes.look("thread with an error")
    walker.page.locator("#thread ul.files button").click()
    expect(walker.page.locator("#thread a[download]")).to_be_visible(timeout=SEALING)
    eyes.look("thread with an open file")
    defender.writes_again(LONG)
    eyes.look("thread, sent")
    walker.page.click("#to-replace")
    eyes.look("replace")
    walker.page.click("#replace")
    defender.notes_the_receipt()
    eyes.look("replaced")
    defender.confirms_two_words()
    Record.objects.get(kind="message", sender="team").delete()
    defender.returns()
    expect(walker.page.locator("#verdict.notice")).to_be_visible(timeout=SEALING)
    eyes.look("thread with a failure")
    walker.page.click("#erase")
    eyes.look("asked before erasing")
    walker.page.click("#erase-now")
    expect(walker.page.locator('[data-screen="erased"]')).to_be_visible(timeout=SEALING)
    eyes.look("erased")


@pytest.mark.parametrize("language", EVERYBODY)
def test_the_desk_from_locked_to_stopped(visitors, site, note, language):
    team = desk.team()
    member = Member(visitors(), team.users["m01"], desk.PASSPHRASE)
    speak(member.walker, language)
    eyes, page = Eyes(member.walker), member.page
    member.opens_the_desk()
    page.click("#unlock")
    eyes.look("unlock with an error")
    member.unlocks()
    expect(page.locator("#queue-empty")).to_be_visible(timeout=SEALING)
    eyes.look("empty queue")

    desk.request(team, STORY, urgency="now", channel="phone", address=LONG, avoid="My home number")
    desk.request(team, f"A question about {LONG}", urgency="open")
    member.comes_to_the_desk()
    eyes.look("queue")
    member.opens_the_request(STORY)
    page.set_input_files("#pick", note)
    expect(page.locator("ul.files progress")).to_have_count(0, timeout=SEALING)
    eyes.look("case with the safe way")
    page.click("#send-reply")
    eyes.look("reply with an error")
    member.answers("We are with you.")
    eyes.look("answered")
    page.fill("#reply", "Half an ans")
    page.click("#save-draft")
    expect(page.locator("#draft-kept")).to_be_visible(timeout=SEALING)
    eyes.look("draft kept")
    page.click("#lock")
    expect(page.locator("#lock-reason")).to_be_visible(timeout=SEALING)
    eyes.look("locked")

    foreign = Record.objects.filter(kind="message", case__urgency="now").first()
    Record.objects.filter(kind="message", case__urgency="open").update(sealed=foreign.sealed)
    member.comes_to_the_desk()
    eyes.look("queue with a failure")
    page.locator("#queue-rows tr").last.locator("th a").click()
    expect(page.locator("#verdict.notice")).to_be_visible(timeout=SEALING)
    eyes.look("case with a failure")

    first = team.row.newest_id
    today = legal_aid.days_ago(0)
    team.next_list(issued=legal_aid.days_ago(50), expires=legal_aid.days_ago(1))
    member.comes_to_the_desk()
    expect(page.locator("#desk-notices")).to_be_visible()
    eyes.look(f"queue under a list that ran out before {today}")
    team.row.newest_id = first
    team.row.save()
    member.opens_the_desk()
    member.unlocks()
    expect(page.locator('[data-screen="stopped"]')).to_be_visible(timeout=SEALING)
    eyes.look("stopped")


@pytest.mark.parametrize("language", EVERYBODY)
def test_making_keys_and_the_team_page(visitors, site, note, language):
    member = Member(visitors(), desk.team().users["m01"], desk.PASSPHRASE)
    speak(member.walker, language)
    eyes, page = Eyes(member.walker), member.page
    member.walker.visit("/desk/team/keys/")
    eyes.look("begin")
    page.click("#make")
    words = page.locator("#passphrase-words li")
    expect(words).to_have_count(7, timeout=SEALING)
    eyes.look("passphrase")
    page.fill("#typed", "other words")
    page.click("#prove")
    expect(page.locator("#typed-fault")).to_be_visible(timeout=SEALING)
    eyes.look("passphrase with an error")
    page.fill("#typed", " ".join(words.all_inner_texts()))
    page.click("#prove")
    expect(page.locator('[data-screen="spoken"]')).to_be_visible(timeout=SEALING)
    eyes.look("spoken")
    member.walker.visit("/desk/team/")
    for more in page.locator("main details summary").all():
        more.click()
    eyes.look("team with everything open")
    page.set_input_files('[name="signed"]', note)
    with page.expect_navigation():
        page.locator("form[enctype] button").click()
    eyes.look("team with an error")
