"""Every kind of page that learning has, with axe, in each language, width and colour, and on a narrow screen."""

import os
from pathlib import Path

import pytest

from cms.models import CoursePage
from tests.walks import shots
from tests.walks.axe import examine
from tests.walks.browser import DESKTOP, PHONE, Walker
from tests.walks.cms_stops import LEARNING, fill

pytestmark = pytest.mark.walk
NARROW = {"width": 320, "height": 640}
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def fits(walker: Walker, name: str) -> None:
    """Nothing is wider than a narrow screen."""
    walker.page.set_viewport_size(NARROW)
    assert walker.page.evaluate(WIDE) <= 0, name


def look(walker: Walker, name: str, folder: Path) -> None:
    """Nothing is wrong, undecided, or wider than the screen, in any look."""
    for viewport in (DESKTOP, PHONE):
        walker.page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            walker.page.emulate_media(color_scheme=scheme)
            report = examine(walker.page)
            assert report.passes > 5, "axe looked at nothing"
            assert report.violations == [], (name, viewport, scheme, [str(found) for found in report.violations])
            assert report.unjudged == [], (name, viewport, scheme, [str(found) for found in report.unjudged])
    fits(walker, name)
    if os.environ.get("HRD_TEST_SHOTS"):
        shots.take(walker, name.replace(", ", "-").replace(" ", "_"), shots.folder(folder))


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_axe_finds_nothing_on_the_pages_of_learning(visitors, language: str, tmp_path: Path):
    fill(language)
    walker = visitors(language=language)
    for stop in LEARNING:
        stop.visit(walker, language)
        look(walker, f"{stop.name}, {language}", tmp_path)


@pytest.mark.parametrize("language", ["de", "lb"])
def test_no_page_of_learning_is_wider_than_a_narrow_screen_in_languages_of_long_words(visitors, language: str):
    fill(language)
    walker = visitors(language=language)
    for stop in LEARNING:
        stop.visit(walker, language)
        fits(walker, stop.name)


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_axe_finds_nothing_on_the_pages_with_forms(visitors, language: str, tmp_path: Path):
    fill(language)
    walker = visitors(language=language)
    course = CoursePage.objects.get()
    certificate, useful = (f"/{language}/learn/{word}/{course.pk}/" for word in ("certificate", "useful"))
    page = walker.visit(certificate)
    look(walker, f"certificate asked, {language}", tmp_path)
    page.locator("main form button").click()
    look(walker, f"certificate without a name, {language}", tmp_path)
    page.locator("#id_name").fill("Jeanne Wagener")
    page.locator("main form button").click()
    page.locator(".certificate").wait_for()
    look(walker, f"certificate, {language}", tmp_path)
    page.evaluate("addEventListener('beforeprint', () => { window.printed = true; })")
    page.locator("[data-print] button").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    assert not page.locator("[data-print]").is_visible()
    page.emulate_media(media="screen")
    page = walker.visit(useful)
    look(walker, f"useful asked, {language}", tmp_path)
    page.locator("main form button").click()
    page.locator(".errors").wait_for()
    look(walker, f"useful without an answer, {language}", tmp_path)
    page.locator("main form input[value=yes]").check()
    page.locator("main form button").click()
    page.wait_for_url("**/thanks/")
    look(walker, f"useful, thanks, {language}", tmp_path)
