"""The desk locks by hand and by itself; what was being written waits, sealed to its writer alone."""

import pytest
from playwright.sync_api import expect

from legal_aid.models import OwnSealed
from tests.factories import desk
from tests.walks.desk import SEALING, Member

pytestmark = [pytest.mark.walk, pytest.mark.database]
STORY = "They published my address."
DRAFT = "Stay where you are, we call the bar"


@pytest.fixture
def member(team, visitors):
    desk.request(team, STORY)
    return Member(visitors(), team.users["m01"], desk.PASSPHRASE)


def expect_empty(member: Member) -> None:
    """Nothing of the case is left in the document of a locked desk, shown or hidden."""
    page = member.page.content()
    fields = member.page.eval_on_selector_all("textarea, input", "fields => fields.map(({ value }) => value).join(' ')")
    assert STORY not in page
    assert DRAFT not in page + fields
    assert desk.PASSPHRASE not in fields
    assert member.page.locator("#case-title").text_content() == ""


def test_locking_keeps_the_draft_sealed_and_brings_it_back(member):
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.page.fill("#reply", DRAFT)
    member.locks()
    expect_empty(member)
    kept = OwnSealed.objects.get(name__startswith="draft-")
    assert DRAFT.encode() not in bytes(kept.sealed)
    assert bytes(kept.sealed).startswith(b"age-encryption.org/v1\n-> mlkem768x25519 ")

    member.unlocks()
    expect(member.page.locator('[data-screen="case"]')).to_be_visible(timeout=SEALING)
    expect(member.page.locator("#reply")).to_have_value(DRAFT)
    member.reads(STORY)
    member.answers(DRAFT)
    assert not OwnSealed.objects.filter(name__startswith="draft-").exists()


def test_ten_minutes_without_a_touch_lock_the_desk_and_keep_the_draft(member):
    member.page.clock.install()
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.page.fill("#reply", DRAFT)
    member.page.clock.fast_forward("09:50")
    expect(member.page.locator('[data-screen="case"]')).to_be_visible()
    member.page.clock.fast_forward("00:15")
    member.is_told_at_the_lock("Locked after a time without activity.")
    expect_empty(member)
    member.unlocks()
    expect(member.page.locator("#reply")).to_have_value(DRAFT, timeout=SEALING)


def test_the_back_button_leads_from_a_locked_desk_to_nothing(member):
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.locks()
    member.page.go_back()
    expect(member.page.locator('[data-screen="unlock"]')).to_be_visible()
    expect_empty(member)


def test_the_back_button_leads_from_a_case_to_the_queue_and_keeps_the_draft(member):
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.page.fill("#reply", DRAFT)
    member.page.go_back()
    expect(member.page.locator('[data-screen="queue"]')).to_be_visible()
    member.opens_the_request(STORY)
    expect(member.page.locator("#reply")).to_have_value(DRAFT)


def test_a_file_chosen_in_one_case_never_goes_to_another(member, team, tmp_path):
    desk.request(team, "Another person.")
    note = tmp_path / "of-the-first-case.txt"
    note.write_text("only for her")
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.page.set_input_files("#pick", note)
    expect(member.page.locator("ul.files progress")).to_have_count(0, timeout=SEALING)
    member.goes_back_to_the_queue()
    member.opens_the_request("Another person.")
    expect(member.page.locator("[data-files] ul.files li")).to_have_count(0)
    member.answers("We have read this.")
    expect(member.page.locator("#case-thread ul.files")).to_have_count(0)


def test_a_wrong_passphrase_is_said_beside_the_field(member):
    member.passphrase, right = "these words open nothing here at all", member.passphrase
    member.opens_the_desk()
    member.unlocks()
    member.is_told("One thing to look at")
    expect(member.page.locator("#passphrase-fault")).to_contain_text("None of your keys opens with these words.")
    member.passphrase = right.upper().replace("-", "  ")
    member.unlocks()
    member.sees_in_the_queue(STORY)
