"""A defender asks for help on the page that seals, and comes back with her eight words."""

import pytest
from playwright.sync_api import expect

from legal_aid.models import Case, Record
from tests.factories import legal_aid
from tests.walks.defender import Defender

pytestmark = [pytest.mark.walk, pytest.mark.database]
STORY = "I need help. They found out."


@pytest.fixture
def defender(visitors, site):
    legal_aid.team()
    return Defender(visitors(language="en", phone=True))


def sends_and_loses_the_answer(defender):
    """The request arrives, the answer does not."""
    defender.begins()
    defender.tells(STORY)
    defender.continues()
    defender.continues()
    defender.page.route("**/sealed/cases/", lambda route: (route.fetch(), route.abort()))
    defender.seals_and_sends()
    defender.is_told("Nothing is lost")
    defender.page.unroute("**/sealed/cases/")


def test_she_writes_notes_eight_words_and_reads_her_request_again(defender):
    words = defender.writes_a_request(STORY, channel="signal", times="Monday 12:00", safe_word="Quetschekraut")
    assert len(words) == 8
    assert Case.objects.get().arrival == "browser"

    defender.returns([word.upper() for word in words])
    defender.reads(STORY)
    defender.sees_all_verified()


def test_she_writes_again_and_both_messages_stand_in_order(defender):
    defender.writes_a_request(STORY)
    defender.returns()
    defender.reads(STORY)
    defender.writes_again("They came back today.")
    defender.reads(STORY, "They came back today.")
    defender.sees_all_verified()


def test_new_words_open_the_request_and_the_old_ones_nothing(defender):
    old = defender.writes_a_request(STORY)
    defender.returns()
    defender.reads(STORY)
    new = defender.replaces_the_receipt()
    assert new != old
    defender.reads(STORY)

    defender.returns(old)
    defender.is_told("Nothing fits these words")
    defender.returns(new)
    defender.reads(STORY)


def test_she_erases_everything(defender):
    defender.writes_a_request(STORY)
    defender.returns()
    defender.reads(STORY)
    defender.erases_everything()
    assert not Case.objects.exists()
    assert not Record.objects.exists()

    defender.returns()
    defender.is_told("Nothing fits these words")


def test_an_empty_story_is_asked_for_and_a_file_stays(defender, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("a note")
    defender.begins()
    defender.adds(note)
    defender.sees_her_files_sealed(1)
    defender.continues()
    defender.is_told("Nothing is lost")
    expect(defender.page.locator("ul.files li")).to_have_count(1)
    expect(defender.page.locator('[name="story"]')).to_have_attribute("aria-invalid", "true")


def test_a_broken_connection_loses_nothing_and_a_second_try_makes_one_case(defender):
    sends_and_loses_the_answer(defender)
    defender.page.get_by_role("button", name="Try again").click()
    defender.notes_the_receipt()
    assert Case.objects.count() == 1


def test_the_back_button_shows_the_screen_before_with_all_that_was_typed(defender):
    defender.begins()
    defender.tells(STORY)
    defender.continues()
    defender.page.go_back()
    expect(defender.page.locator('[data-screen="situation"]')).to_be_visible()
    expect(defender.page.locator('[name="story"]')).to_have_value(STORY)


def test_words_changed_after_a_lost_answer_follow_and_a_late_file_is_named(defender, tmp_path):
    sends_and_loses_the_answer(defender)
    defender.page.get_by_role("button", name="Change Your situation").click()
    late = tmp_path / "late.txt"
    late.write_text("late")
    defender.adds(late)
    defender.sees_her_files_sealed(1)
    defender.tells("They found out. They are here.")
    defender.continues()
    defender.continues()
    defender.seals_and_sends()
    defender.notes_the_receipt()
    defender.confirms_two_words()
    expect(defender.page.locator("#left-names")).to_have_text("late.txt")
    defender.returns()
    defender.reads(STORY, "They found out. They are here.")
