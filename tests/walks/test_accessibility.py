"""Every page and state, visited once in French, English and Arabic, and looked at in every way.

axe on a phone and at a desk, light and dark; nothing runs out of a narrow screen; the HTML, as it was sent, is valid;
and it can be drawn.
"""

import pytest

from tests.walks import shots
from tests.walks.axe import examine
from tests.walks.browser import DESKTOP, PHONE, Walker
from tests.walks.every_stop import STOPS
from tests.walks.stops import Stop
from tests.walks.wire import Reader

pytestmark = pytest.mark.walk
NARROW = {"width": 320, "height": 640}


def looks(walker: Walker):
    """The page in each width and colour, one after the other."""
    for viewport in (DESKTOP, PHONE):
        walker.page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            walker.page.emulate_media(color_scheme=scheme)
            yield f"{viewport['width']} {scheme}"


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_axe_and_the_html_checker_find_nothing_and_nothing_runs_out_of_a_narrow_screen(
    reader: Reader, stop: Stop, tmp_path
):
    """WCAG 2.2, 1.4.10: no scrolling in two directions at 320 px, which is also 400 % of 1280 px."""
    visitor = reader.walker
    stop.prepare(visitor)
    for language in stop.languages:
        stop.visit(visitor, language)
        reader.look(f"{stop} {language}")
        for look in looks(visitor):
            report = examine(visitor.page)
            assert report.passes > 5, "axe looked at nothing"
            assert report.violations == [], (language, look, [str(finding) for finding in report.violations])
            assert report.unjudged == [], (language, look, [str(finding) for finding in report.unjudged])
        visitor.page.set_viewport_size(NARROW)
        wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, language
        if language in shots.LANGUAGES:
            shots.drawn(visitor, f"{stop.name}-{language}", tmp_path)
    reader.testify()


PALE = """
const sheet = new CSSStyleSheet();
sheet.insertRule('.top .lead { color: #ccd !important }');
document.adoptedStyleSheets = [sheet];
"""
PICTURE = "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=/static/web/mark.svg>')"


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("document.querySelector('.field label').remove()", "label"),
        ("document.querySelector('.brand').replaceChildren()", "link-name"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
        (PALE, "color-contrast"),
        (PICTURE, "image-alt"),
    ],
)
def test_a_planted_fault_is_found(visitor: Walker, fault: str, rule: str):
    page = visitor.visit("/en/parts/")
    page.evaluate(f"() => {{ {fault} }}")
    assert rule in {finding.rule for finding in examine(page).violations}


def test_the_witness_sees_a_planted_breach_of_the_policy(visitor: Walker):
    page = visitor.visit("/en/parts/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    page.wait_for_function("document.querySelector('main p[style]')")
    with pytest.raises(AssertionError, match="policy: style-src"):
        visitor.witness.testify()


def test_the_witness_sees_a_request_to_another_host(visitor: Walker, site):
    page = visitor.visit("/en/parts/")
    page.goto(site.url.replace("localhost", "127.0.0.1") + "/health/live")
    with pytest.raises(AssertionError, match="foreign request"):
        visitor.witness.testify()


def test_the_witness_sees_an_error_of_the_page(visitor: Walker):
    page = visitor.visit("/en/parts/")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('planted') }, 0)")
    with pytest.raises(AssertionError, match="planted"):
        visitor.witness.testify()
