"""The ground of every page: parts, quick exit, languages, error pages, in a real browser."""

import pytest

from tests.walks.browser import DESKTOP

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
    page.go_back()
    assert page.url == "about:blank"
    assert "Parts on one page" not in page.content()


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


def test_the_first_view_of_a_public_page_weighs_little(visitors):
    """At most 60 KB without pictures of the content, here even before the server compresses (design, 5)."""
    walker = visitors()
    answers = []
    walker.context.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks its listeners
    walker.visit("/fr/")
    walker.page.wait_for_load_state("networkidle")
    assert sum(len(answer.body()) for answer in answers) <= 60_000


def test_legal_help_is_one_step_from_every_public_page(scriptless):
    page = scriptless.visit("/fr/parts/")
    page.locator("nav .sealed a").click()
    page.wait_for_url("**/fr/aid/")


def test_the_menu_opens_without_scripts_on_a_phone(visitors):
    page = visitors(scripts=False, phone=True).visit("/fr/parts/")
    assert not page.locator("#menu").is_visible()
    page.locator("a.to-nav").click()
    assert page.locator("#menu").is_visible()


def test_a_phone_shows_the_way_up_alone_and_has_search_and_emergency_numbers_in_its_menu(visitors):
    walker = visitors(language="en", scripts=False, phone=True)
    page = walker.visit("/en/learn/glossary/")
    shown = page.locator(".crumbs li:visible")
    assert shown.all_inner_texts() == ["Learn"]
    page.locator("a.to-nav").click()
    for name in ("Search", "Emergency numbers"):
        assert page.locator("#menu").get_by_role("link", name=name).is_visible()
    page.set_viewport_size(DESKTOP)
    assert shown.count() == 3
    assert page.locator("#menu").get_by_role("link", name="Search").is_visible()
    assert not page.locator("#menu").get_by_role("link", name="Emergency numbers").is_visible()


def test_a_visitor_of_the_public_door_carries_no_cookie_away(visitor):
    for address in ("/", "/fr/", "/de/parts/"):
        visitor.visit(address, door="public")
    assert visitor.context.cookies() == []


def test_a_receipt_prints_nothing_but_the_words(visitor):
    page = visitor.visit("/en/parts/?layout=aid")
    page.emulate_media(media="print")
    assert page.locator("ol.words").is_visible()
    for around in (".head", ".foot", ".exit", ".skip", ".btn"):
        assert not page.locator(around).first.is_visible(), around


def test_controls_have_edges_in_forced_colours(visitor):
    page = visitor.visit("/en/parts/")
    page.emulate_media(forced_colors="active")
    for part in (".btn", ".notice", ".tag"):
        width = page.locator(part).first.evaluate("element => getComputedStyle(element).borderTopWidth")
        assert width == "2px", part


def test_plain_http_changes_the_language_of_the_account_pages(plain):
    page = plain.visit("/account/login/")
    plain.submit(page.form("/language/"), button=("language", "de"))
    assert plain.cookies["__Host-language"] == "de"
    assert plain.page.headers["content-language"] == "de"
    assert plain.page.address.endswith("/account/login/")


def test_plain_http_leaves_without_a_cookie(plain):
    plain.visit("/account/login/")
    assert plain.cookies
    plain.visit("/fr/quetsch/")
    assert plain.cookies == {}
