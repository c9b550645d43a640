"""axe on the office's own pages: organisations, translations, what waits for me, and everything that learning adds."""

import pytest

from tests.factories.cms import planted
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_organisation
from tests.walks.axe import examine
from tests.walks.browser import DESKTOP, PHONE, Walker
from tests.walks.learning_screens import filled
from tests.walks.office import settle, sign_in

pytestmark = pytest.mark.walk

WORDS = "main => main.innerText + [...main.querySelectorAll('input, textarea')].map((field) => field.value).join(' ')"
"""What one reads on a screen, what stands in its fields included."""

SCREENS = {
    "/office/": "What waits for me",
    "/office/unfinished/": "Passerelle",
    "/office/parked/": "No mail is set aside.",
    "/office/organisations/": "Passerelle",
    "/office/organisations/new/": "Website",
    "/office/organisations/edit/{organisation}/": "Passerelle",
    "/office/organisations/inspect/{organisation}/": "Passerelle",
    "/office/organisations/history/{organisation}/": "Passerelle",
    "/office/organisations/usage/{organisation}/": "Passerelle",
    "/office/organisations/delete/{organisation}/": "Passerelle",
}


def look(walker: Walker, screens: dict[str, str], language: str) -> None:
    """Nothing is wrong or undecided on any of `screens`, on a desk and on a phone."""
    walker.page.emulate_media(reduced_motion="reduce")  # Wagtail's sidebar slides; axe looks at what stands
    faults = []
    for viewport in (DESKTOP, PHONE):
        walker.page.set_viewport_size(viewport)
        for screen, says in screens.items():
            walker.visit(screen)
            settle(walker)
            if language == "en":
                words = walker.page.locator("main").evaluate(WORDS)
                assert says in words, (screen, words)
            report = examine(walker.page)
            assert report.passes > 5, "axe looked at nothing"
            faults += [(screen, viewport["width"], str(found)) for found in (*report.violations, *report.unjudged)]
    assert faults == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_on_the_office_s_own_pages(site, visitors, language):
    planted()
    administrator = platform_administrator()
    administrator.language = language
    administrator.save()
    number = make_organisation("Passerelle").pk
    walker = visitors(language=language)
    sign_in(walker, administrator)
    look(walker, {screen.format(organisation=number): says for screen, says in SCREENS.items()}, language)


def test_axe_finds_nothing_where_learning_is_written(site, visitors):
    planted()
    screens = filled()
    walker = visitors(language="en")
    sign_in(walker, platform_administrator())
    look(walker, screens, "en")
