"""axe on every page and state of accounts and organisations, in each width and colour; nothing runs out at 320 px.

The HTML of each, as it was sent, is valid, and it can be drawn.
"""

import pytest

from tests.walks import shots
from tests.walks.account_pages import PAGES, AccountPage, speak
from tests.walks.axe import examine
from tests.walks.browser import DESKTOP, PHONE, Walker
from tests.walks.wire import Reader

pytestmark = pytest.mark.walk
NARROW = {"width": 320, "height": 640}


def open_page(walker: Walker, page: AccountPage, address: str) -> None:
    walker.visit(address, status=200 if page.press else page.status)
    if page.press:
        with walker.page.expect_response(lambda response: response.request.is_navigation_request()) as answer:
            walker.page.locator(page.press).first.click()
        walker.page.wait_for_load_state()
        assert answer.value.status == page.status
        walker.witness.testify()


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_axe_and_the_html_checker_find_nothing_and_nothing_runs_out(reader: Reader, page: AccountPage, tmp_path):
    visitor = reader.walker
    address = page.prepare(visitor)
    for language in page.languages:
        speak(visitor, language)
        open_page(visitor, page, address)
        reader.look(f"{page} {language}")
        assert visitor.page.locator("html").get_attribute("lang") == language
        assert visitor.page.locator("h1").count() == 1
        if language == "en":
            assert page.says in visitor.page.locator("body").inner_text()
        for viewport in (DESKTOP, PHONE):
            visitor.page.set_viewport_size(viewport)
            for scheme in ("light", "dark"):
                visitor.page.emulate_media(color_scheme=scheme)
                report = examine(visitor.page)
                assert report.passes > 5, "axe looked at nothing"
                assert report.violations == [], (language, scheme, [str(finding) for finding in report.violations])
                assert report.unjudged == [], (language, scheme, [str(finding) for finding in report.unjudged])
        visitor.page.set_viewport_size(NARROW)
        wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, language
        if language in shots.LANGUAGES:
            shots.drawn(visitor, f"account-{page.name}-{language}", tmp_path)
    reader.testify()
