"""What the page that seals never does: post a word in clear, leave something behind, send without its worker."""

import pytest
from playwright.sync_api import expect

from legal_aid.models import Case
from tests.factories import legal_aid
from tests.walks.defender import Defender

pytestmark = [pytest.mark.walk, pytest.mark.database]
STORY = "Quetschekraut at the youth centre"


@pytest.fixture
def defender(visitors, site):
    legal_aid.team()
    return Defender(visitors(language="en"))


@pytest.fixture
def sent(defender):
    """All that leaves her browser: addresses, headers, bodies."""
    seen: list[bytes] = []

    def note(request) -> None:
        seen.append(request.url.encode())
        seen.append(repr(request.headers).encode())
        seen.append(request.post_data_buffer or b"")

    defender.walker.context.on("request", note)
    return seen


def test_the_network_sees_neither_her_text_nor_her_file_nor_her_receipt(defender, sent, tmp_path):
    file = tmp_path / "embassy-letter.txt"
    file.write_text("the embassy wrote this")
    words = defender.writes_a_request(STORY, file, safe_word="Mirabelle")
    defender.returns()
    defender.reads(STORY)
    everything = b"\n".join(sent)
    assert b"/sealed/cases/" in everything
    for secret in (
        STORY,
        "embassy-letter",
        "the embassy wrote this",
        "Mirabelle",
        " ".join(words[:2]),
        "-".join(words[:2]),
    ):
        assert secret.encode() not in everything


def test_23_with_its_worker_blocked_the_page_posts_nothing_and_shows_the_way_without_scripts(defender, sent):
    defender.walker.context.route("**/sealing/worker*", lambda route: route.abort())
    defender.walker.visit("/en/aid/request/")
    expect(defender.page.locator("#waiting-words")).to_contain_text("Nothing was sent")
    expect(defender.page.get_by_role("link", name="Continue without scripts")).to_be_visible()
    expect(defender.page.locator("#app")).to_be_hidden()
    assert defender.page.locator("form").count() == 0 or defender.page.locator("form [name=story]").count() == 0
    assert b"POST" not in b"\n".join(sent)
    assert not Case.objects.exists()


def test_leaving_fast_shows_a_harmless_page_and_back_shows_nothing(defender):
    defender.begins()
    defender.tells(STORY)
    defender.page.get_by_role("link", name="Leave fast").click()
    defender.page.wait_for_url("**/quetsch/")
    defender.page.go_back()
    expect(defender.page.locator("body")).not_to_contain_text(STORY)
    fields = defender.page.locator("textarea")
    assert all(field.input_value() == "" for field in fields.all())


def test_with_scripts_off_the_page_leads_to_the_form_that_says_so(scriptless, site):
    legal_aid.team()
    page = scriptless.visit("/en/aid/request/")
    expect(page.locator("#app")).to_be_hidden()
    page.get_by_role("link", name="Write without scripts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is happening?")
    expect(page.get_by_text("Sealed on arrival.")).to_be_visible()
