"""A member reads and answers at the desk; the queue shows what the member may read, the most urgent first."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from legal_aid.models import Case, Record
from tests.factories import desk, legal_aid
from tests.factories.accounts import signed_in
from tests.walks import aid_stops
from tests.walks.defender import Defender
from tests.walks.desk import SEALING, Member

pytestmark = [pytest.mark.walk, pytest.mark.database]
STORY = "They published my address."
ANSWER = "We spoke to the police. Read the letter."


def test_an_answer_with_a_file_is_read_by_the_defender(member, visitors, tmp_path):
    defender = Defender(visitors(language="en", phone=True))
    defender.writes_a_request(STORY)
    letter = tmp_path / "letter.txt"
    letter.write_text("To whom it may concern")

    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.answers(ANSWER, letter)
    member.reads(STORY, ANSWER)
    member.goes_back_to_the_queue()
    member.sees_in_the_queue(STORY)

    defender.returns()
    defender.reads(STORY, ANSWER)
    defender.sees_all_verified()
    defender.page.get_by_role("button", name="Open letter.txt").click()
    with defender.page.expect_download() as download:
        defender.page.get_by_role("link", name="Save letter.txt").click()
    assert download.value.path().read_bytes() == letter.read_bytes()


def test_what_a_member_writes_reaches_the_server_sealed_only(member, team, tmp_path):
    request = desk.request(team, STORY)
    letter = tmp_path / "letter.txt"
    letter.write_text("To whom it may concern")
    sent: list[str] = []
    member.page.on("request", lambda one: sent.append(f"{one.url} {one.post_data_buffer or b''}"))
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.answers(ANSWER, letter)
    everything = " ".join(sent)
    for secret in (ANSWER, "To whom", "letter.txt", *desk.PASSPHRASE.split("-")):
        assert secret not in everything
    message = request.view().messages.records[-1]
    assert message.body.text == ANSWER
    assert [entry.name for entry in message.body.attachments] == ["letter.txt"]


def test_acknowledging_is_seen_by_the_defender_and_renews_the_summary(member, team):
    request = desk.request(team, STORY)
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.acknowledges()
    expect(member.page.locator("#case-facts")).not_to_contain_text("not yet")
    assert request.fetch().json()["status"] == "looked_at"

    case = Case.objects.get()
    assert (case.held_by, case.summary.kind) == ("m01", "summary")
    assert case.newest_notes.epoch == 1
    view = legal_aid.Desk(signed_in(team.users["m02"]), team, "m02").view(case.pk)
    assert [record.body.data for record in view.notes.records] == [{"lead": STORY}]

    member.goes_back_to_the_queue()
    member.sees_in_the_queue(STORY)
    row = member.page.locator("#queue-rows tr")
    expect(row).to_contain_text("m01")
    expect(row).to_contain_text("none")


def test_each_act_leaves_one_standing_summary(member, team):
    desk.request(team, STORY)
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.acknowledges()
    member.answers(ANSWER)
    member.answers("And one thing more.")
    case = Case.objects.get()
    assert Record.objects.filter(kind="summary").count() == 3
    assert case.summary == Record.objects.filter(kind="summary").order_by("number").last()
    seen = legal_aid.Desk(signed_in(team.users["m01"]), team).view(case.pk)
    replaced = {older for record in seen.notes.records for older in record.body.replaces}
    assert len([record for record in seen.notes.records if record.id not in replaced]) == 1


def test_the_most_urgent_then_the_oldest_come_first(member, team):
    texts = {"quiet": "open", "old": "soon", "new": "soon", "burning": "now"}
    cases = {text: desk.request(team, text, urgency=urgency).case for text, urgency in texts.items()}
    old = Case.objects.get(pk=cases["old"])
    old.received_on -= timedelta(days=3)
    old.save()
    member.comes_to_the_desk()
    member.sees_in_the_queue("burning", "old", "new", "quiet")


def test_who_is_no_reader_sees_nothing_and_finds_nothing_by_address(team, visitors):
    request = desk.request(team, STORY)
    stranger = Member(visitors(), team.users["m04"], desk.PASSPHRASE)
    stranger.comes_to_the_desk()
    expect(stranger.page.locator("#queue-empty")).to_be_visible()
    stranger.sees_in_the_queue()
    known, unknown = (f"/desk/sealed/case/{case}/" for case in (request.case, "0" * 32))
    answers = [stranger.page.request.get(f"{stranger.walker.site.url}{address}") for address in (known, unknown)]
    assert [answer.status for answer in answers] == [404, 404]
    assert answers[0].body() == answers[1].body()


def test_the_safe_way_stands_before_everything_else_of_the_case(member, team):
    desk.request(team, STORY, channel="phone", address="+352 621 000 000", times="Mondays", avoid="My home number")
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.sees_how_to_contact("Telephone", "+352 621 000 000", "Mondays", "My home number", "Ask again")
    banner, title = (member.page.locator(one).bounding_box()["y"] for one in (".safety", "#case-title"))
    assert banner < title


def test_without_a_safe_way_the_desk_says_answer_here_only(member, team):
    desk.request(team, STORY)
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    expect(member.page.locator("#safety-none")).to_contain_text("Do not call")


def test_a_case_sealed_by_our_server_carries_its_mark(member, scriptless, team):
    scriptless.visit("/en/aid/request/plain/")
    aid_stops.sent(scriptless)
    member.comes_to_the_desk()
    member.opens_the_request("They wrote that they know where I live.")
    expect(member.page.locator("#case-facts")).to_contain_text("On arrival, by our server")


def test_an_answer_that_was_lost_on_its_way_is_sent_once(member, team):
    desk.request(team, STORY)
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.page.route("**/sealed/records/", lambda route: (route.fetch(), route.abort()), times=1)
    member.page.fill("#reply", ANSWER)
    member.page.click("#send-reply")
    member.is_told("Nothing is lost")
    expect(member.page.locator("#reply")).to_have_value(ANSWER)
    member.page.get_by_role("button", name="Try again").click()
    expect(member.page.locator("#sent")).to_be_visible(timeout=SEALING)
    member.reads(STORY, ANSWER)
