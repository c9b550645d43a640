"""The pages where readers look things up, with axe, in each language, width and colour; and found without scripts."""

from pathlib import Path

import pytest

from tests.walks.looking_stops import LOOKING, fill
from tests.walks.test_learning_pages import fits, look

pytestmark = pytest.mark.walk


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_axe_finds_nothing_on_the_pages_of_looking(visitors, language: str, tmp_path: Path):
    fill(language)
    walker = visitors(language=language)
    for stop in LOOKING:
        stop.visit(walker, language)
        look(walker, f"{stop.name}, {language}", tmp_path)


@pytest.mark.parametrize("language", ["de", "lb"])
def test_no_page_of_looking_is_wider_than_a_narrow_screen_in_languages_of_long_words(visitors, language: str):
    fill(language)
    walker = visitors(language=language)
    for stop in LOOKING:
        stop.visit(walker, language)
        fits(walker, stop.name)


def test_a_reader_finds_a_guide_without_scripts_and_narrows_down(visitors):
    fill("en")
    walker = visitors(language="en", scripts=False)
    page = walker.visit("/en/learn/")
    page.get_by_label("What are you looking for?").fill("telephone")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("navigation", name="Narrow down").get_by_role("link", name="Guide").click()
    assert page.get_by_label("What are you looking for?").input_value() == "telephone"
    page.get_by_role("link", name="Telephone", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Telephone"
