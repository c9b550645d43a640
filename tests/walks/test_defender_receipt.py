"""The receipt: shown once, printed alone, and left behind nowhere."""

import re

import pytest
from playwright.sync_api import Error, Page, expect

from legal_aid.models import Case
from tests.factories import legal_aid
from tests.walks import shots
from tests.walks.defender import Defender
from tests.walks.scriptless import Scriptless

pytestmark = [pytest.mark.walk, pytest.mark.database]
STORY = "Quetschekraut at the youth centre"
KEPT = """async () => JSON.stringify([
  document.title, location.href, document.cookie, window.name, history.state,
  {...localStorage}, {...sessionStorage}, (await indexedDB.databases()).map(({name}) => name),
  await caches.keys(),
  (await navigator.serviceWorker.getRegistrations()).length,
])"""


@pytest.fixture
def defender(visitors, site):
    legal_aid.team()
    defender = Defender(visitors(language="en"))
    defender.begins()
    defender.tells(STORY)
    defender.continues()
    defender.names_a_safe_way(safe_word="Mirabelle")
    defender.continues()
    defender.seals_and_sends()
    defender.notes_the_receipt()
    return defender


@pytest.fixture
def scriptless_her(visitors, site, tmp_path):
    """She looks at her receipt."""
    legal_aid.team()
    her = Scriptless(visitors(scripts=False, language="en"), "en", shots.folder(tmp_path))
    her.goes_to("request/plain/", "situation").writes("story", STORY)
    her.presses("contact", "contact").writes("safe_word", "Mirabelle").presses("check", "check")
    return her.presses("send", "receipt")


def shows_none_of(page: Page, words: list[str]) -> None:
    expect(page.locator(".words li")).to_have_count(0)
    assert [word for word in words if f">{word}<" in page.content()] == []


def is_alone_on_paper(page: Page, words: list[str]) -> None:
    """The printed page shows the eight words in their order, nothing else, and it is one sheet."""
    page.emulate_media(media="print")
    assert page.locator("body").inner_text().split() == words
    visible = page.locator("input, textarea, button, a, img, svg, nav, header, footer").filter(visible=True)
    expect(visible).to_have_count(0)
    paper = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    page.emulate_media(media="screen")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_on_paper_stand_the_eight_words_and_nothing_else(defender):
    is_alone_on_paper(defender.page, defender.words)


def test_without_scripts_the_same_stands_on_paper(scriptless_her):
    is_alone_on_paper(scriptless_her.page, scriptless_her.words)


def test_the_words_are_in_no_storage_no_address_and_no_title(defender):
    kept = defender.page.evaluate(KEPT)
    cookies = str(defender.walker.context.cookies())
    # Whole words: a short one may stand inside a random value.
    found = [word for word in defender.words if re.search(rf"\b{re.escape(word)}\b", kept + cookies)]
    assert found == []
    assert "/en/aid/request/" in kept  # the look reached the page
    assert STORY not in kept + cookies
    defender.confirms_two_words()
    assert [word for word in defender.words if re.search(rf"\b{re.escape(word)}\b", defender.page.evaluate(KEPT))] == []


def test_back_stays_with_the_words_until_they_are_confirmed_and_then_never_leads_to_them(defender):
    defender.page.go_back()
    expect(defender.page.locator("#receipt-words li")).to_have_text(defender.words)
    defender.confirms_two_words()
    expect(defender.page.locator('[data-screen="done"]')).to_be_visible()
    shows_none_of(defender.page, defender.words)
    defender.page.go_back()
    shows_none_of(defender.page, defender.words)
    assert STORY not in defender.page.content()


@pytest.mark.parametrize("confirmed", [False, True])
def test_loaded_anew_or_opened_again_the_page_knows_nothing_of_the_words(defender, confirmed):
    if confirmed:
        defender.confirms_two_words()
    defender.page.reload()
    expect(defender.page.locator('[data-screen="situation"] h1')).to_be_focused()
    expect(defender.page.locator('[name="story"]')).to_have_value("")
    shows_none_of(defender.page, defender.words)
    defender.begins()
    shows_none_of(defender.page, defender.words)
    assert Case.objects.count() == 1


def test_without_scripts_the_words_are_in_no_cookie_no_address_and_no_title(scriptless_her):
    page = scriptless_her.page
    kept = f"{page.url} {page.title()} {page.context.cookies()}"
    assert [word for word in scriptless_her.words if re.search(rf"\b{re.escape(word)}\b", kept)] == []


def test_without_scripts_an_address_that_is_opened_again_shows_no_words(scriptless_her):
    words = scriptless_her.words
    scriptless_her.goes_to("request/plain/", "again")
    shows_none_of(scriptless_her.page, words)
    assert STORY not in scriptless_her.page.content()


def test_without_scripts_back_does_not_lead_to_confirmed_words(scriptless_her):
    """What a browser does that sends the form once more, `test_plain` shows."""
    page, words = scriptless_her.page, scriptless_her.words
    scriptless_her.confirms()
    shows_none_of(page, words)
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the page was an answer to a form, and no browser kept it
        page.go_back()
    shows_none_of(page, words)
    scriptless_her.goes_to("return/plain/messages/", "thread")
    shows_none_of(page, words)
    expect(page.locator("main")).to_contain_text(STORY)
