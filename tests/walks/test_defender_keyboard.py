"""A whole request with the keyboard alone: Tab, Space, arrows, Enter; the way out is the second stop of every page."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import legal_aid
from tests.walks.defender import SEALING, Defender

pytestmark = [pytest.mark.walk]
STORY = "They know where I live."
FOCUS = "document.activeElement"
MOST_STOPS = 60


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus, and sees that the focus shows on each stop."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        shown = page.evaluate(f"getComputedStyle({FOCUS}).outlineStyle + getComputedStyle({FOCUS}).boxShadow")
        assert shown != "nonenone", page.evaluate(f"{FOCUS}.outerHTML.slice(0, 200)")
        if page.evaluate(f"{FOCUS}.matches({selector!r})"):
            return
    raise AssertionError(f"no way to {selector} by keyboard")


@pytest.fixture
def defender(visitors, site):
    legal_aid.team()
    return Defender(visitors(language="en"))


@pytest.mark.parametrize("path", ["", "urgent/", "request/", "return/"])
def test_leaving_fast_is_the_second_stop(defender, path):
    defender.walker.visit(f"/en/aid/{path}")
    page = defender.page
    expect(page.locator("h1:visible").first).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); }")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUS}.matches('.skip')")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUS}.matches('.exit [data-leave]')")


def test_a_request_is_written_with_the_keyboard_alone(defender):
    page = defender.page
    defender.begins()
    tab_to(page, '[name="story"]')
    page.keyboard.type(STORY)
    tab_to(page, '[name="urgency"]')
    page.keyboard.press("ArrowDown")
    tab_to(page, '[name="aims"]')
    page.keyboard.press("Space")
    tab_to(page, "#to-contact")
    page.keyboard.press("Enter")
    expect(page.locator('[data-screen="contact"] h1')).to_be_focused()
    tab_to(page, '[name="channel"]')
    page.keyboard.press("ArrowDown")
    tab_to(page, "#to-check")
    page.keyboard.press("Enter")
    expect(page.locator('[data-screen="check"] h1')).to_be_focused()
    expect(page.locator("#check-story")).to_have_text(STORY)
    tab_to(page, "#send")
    page.keyboard.press("Enter")
    words = defender.notes_the_receipt()
    expect(page.locator('[data-screen="receipt"] h1')).to_be_focused()
    for field in ("first", "second"):
        tab_to(page, f"#confirm-{field}")
        number = page.locator(f'label[for="confirm-{field}"]').inner_text().split()[-1]
        page.keyboard.type(words[int(number) - 1])
    tab_to(page, "#confirm")
    page.keyboard.press("Enter")
    expect(page.locator('[data-screen="done"] h1')).to_be_focused()


def test_the_focus_goes_to_the_summary_of_errors_and_from_there_to_the_field(defender):
    page = defender.page
    defender.begins()
    tab_to(page, "#to-contact")
    page.keyboard.press("Enter")
    expect(page.locator(".errors")).to_be_focused()
    tab_to(page, ".errors a")
    page.keyboard.press("Enter")
    expect(page.locator('[name="story"]')).to_be_focused()


def test_erasing_is_asked_for_and_can_be_left_with_escape(defender):
    defender.writes_a_request(STORY)
    defender.returns()
    page = defender.page
    expect(page.locator('[data-screen="thread"]')).to_be_visible(timeout=SEALING)
    tab_to(page, "#erase")
    page.keyboard.press("Enter")
    expect(page.locator("#erase-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#erase-dialog")).to_be_hidden()
    expect(page.locator("#erase")).to_be_focused()
