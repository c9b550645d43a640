"""The ground of every page: parts, quick exit, languages, error pages, in a real browser."""

import pytest

pytestmark = pytest.mark.walk


def test_every_part_is_drawn_under_the_strict_policy(visitor):
    for layout in ("base", "aid", "desk", "account"):
        page = visitor.visit(f"/en/parts/?layout={layout}")
        assert page.locator("h1").inner_text() == "Parts on one page"


def test_the_quick_exit_leads_to_a_plum_tart_and_back_shows_nothing_of_us(visitor):
    page = visitor.visit("/en/parts/?layout=aid")
    page.locator("a[data-leave]").click()
    page.wait_for_url("**/en/quetsch/")
    assert page.locator("h1").inner_text() == "Plum tart"
    assert page.evaluate("history.length") <= 2


def test_the_quick_exit_is_the_second_stop_of_the_keyboard(visitor):
    page = visitor.visit("/en/parts/?layout=aid")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.leave") == ""
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/quetsch/")


def test_the_quick_exit_works_without_scripts(scriptless):
    page = scriptless.visit("/fr/parts/?layout=aid")
    page.locator("nav.exit a").click()
    page.wait_for_url("**/fr/quetsch/")


def test_the_language_menu_keeps_the_page(scriptless):
    page = scriptless.visit("/fr/parts/")
    page.locator("details.menu summary").click()
    page.get_by_role("link", name="Deutsch").click()
    page.wait_for_url("**/de/parts/")
    assert page.locator("html").get_attribute("lang") == "de"


def test_arabic_is_read_from_the_right_at_the_aid_door(visitors):
    page = visitors(language="ar", phone=True).visit("/ar/parts/?layout=aid")
    assert page.locator("html").get_attribute("dir") == "rtl"
