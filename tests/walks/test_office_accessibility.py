"""axe on the office's own pages: organisations, translations to look after, what was set aside, what waits for me."""

import pytest

from tests.factories.cms import planted
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_organisation
from tests.walks.axe import examine
from tests.walks.browser import DESKTOP, PHONE
from tests.walks.office import settle, sign_in

pytestmark = pytest.mark.walk

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


@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_on_the_office_s_own_pages(site, visitors, language):
    planted()
    administrator = platform_administrator()
    administrator.language = language
    administrator.save()
    number = make_organisation("Passerelle").pk
    walker = visitors(language=language)
    sign_in(walker, administrator)
    walker.page.emulate_media(reduced_motion="reduce")  # Wagtail's sidebar slides; axe looks at what stands
    for viewport in (DESKTOP, PHONE):
        walker.page.set_viewport_size(viewport)
        for screen, says in SCREENS.items():
            walker.visit(screen.format(organisation=number))
            settle(walker)
            if language == "en":
                assert says in walker.page.locator("main").inner_text(), screen
            report = examine(walker.page)
            assert report.passes > 5, "axe looked at nothing"
            assert report.violations == [], (screen, viewport, [str(finding) for finding in report.violations])
            assert report.unjudged == [], (screen, viewport, [str(finding) for finding in report.unjudged])
