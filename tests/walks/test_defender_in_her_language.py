"""What the page counts, dates and measures is said in her language, in Luxembourgish too, which no browser knows."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import legal_aid
from tests.walks.defender import SEALING, Defender

pytestmark = pytest.mark.walk
COUNTED = {"lb": "20.000", "de": "20.000", "en": "20,000"}
LEFT = {
    "lb": r"nach ongeféier \d+ (Sekonnen|Minutten)",
    "de": r"\d+ (Sekunden|Minuten)",
    "en": r"\d+ (seconds|minutes)",
}
DAY = {
    "lb": r"(Méin|Dënsch|Donnesch|Frei|Samsch|Sonn)deg|Mëttwoch",
    "de": r"(Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch",
    "en": r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
}


@pytest.mark.parametrize("language", COUNTED)
def test_a_file_shows_its_progress_and_a_message_its_day(visitors, site, tmp_path, language):
    """The second of two parts is held back, so that the file stays on its way until somebody has looked."""
    legal_aid.team()
    defender = Defender(visitors(language="en"), language)
    clip, held = tmp_path / "clip.bin", []
    clip.write_bytes(bytes(12_000_000))
    defender.begins()
    expect(defender.page.locator("#story-count")).to_contain_text(COUNTED[language])
    defender.tells("Hëllef")
    defender.page.route("**/sealed/uploads/*/2/", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks its listeners
    with defender.page.expect_request("**/sealed/uploads/*/2/", timeout=SEALING):
        defender.adds(clip)
    row = defender.page.locator("ul.files li")
    expect(row).to_contain_text(re.compile(LEFT[language]), timeout=SEALING)
    assert 0 < float(row.locator("progress").get_attribute("value")) < 100
    held[0].continue_()
    defender.sees_her_files_sealed(1)
    defender.continues()
    defender.continues()
    defender.seals_and_sends()
    defender.notes_the_receipt()
    defender.confirms_two_words()
    defender.returns()
    expect(defender.page.locator("#thread time")).to_have_text(re.compile(DAY[language]), timeout=SEALING)
