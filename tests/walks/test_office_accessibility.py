"""axe on the office's own pages: organisations, translations, what waits for me, and learning in all its states.

Each is opened under the content policy, so these screens need no second visit for that.
"""

import io
import zipfile

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from cms.domain import readings
from cms.models import SectionPage
from hrdplatform.web import clock
from tests.factories import learning
from tests.factories.cms import planted
from tests.factories.folders import folder, writer
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_organisation
from tests.walks.axe import examine
from tests.walks.browser import DESKTOP, PHONE, Walker
from tests.walks.learning_screens import filled
from tests.walks.office import in_turn, settle, sign_in

pytestmark = pytest.mark.walk

WORDS = "main => main.innerText + [...main.querySelectorAll('input, textarea')].map((field) => field.value).join(' ')"
"""What one reads on a screen, what stands in its fields included."""
SCROLLS = "getComputedStyle(document.querySelector('main')).overflowX"
"""A list that is wider than a phone is no good if its last columns cannot be reached."""
AT_REST = "Promise.allSettled(document.getAnimations().map((one) => one.finished))"

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


def faults(page: Page) -> list[tuple[str, int, str]]:
    """What is wrong or undecided in what stands here, on a desk and on a phone."""
    found = []
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        page.evaluate(AT_REST)  # Wagtail's sidebar folds on a phone
        assert viewport is DESKTOP or page.evaluate(SCROLLS) == "auto"
        report = examine(page)
        assert report.passes > 5, "axe looked at nothing"
        found += [(page.url, viewport["width"], str(one)) for one in (*report.violations, *report.unjudged)]
    return found


def look(walker: Walker, screens: dict[str, str], language: str) -> None:
    found = []
    for screen, page in in_turn(walker, screens, language):
        if language == "en":
            words = page.locator("main").evaluate(WORDS)
            assert screens[screen] in words, (screen, words)
        found += faults(page)
    assert found == []


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


def sent(page: Page, button: str, files: dict[str, bytes] | None = None) -> None:
    """The import form with a course as a zip file, or with nothing, and its button pressed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in (files or {}).items():
            archive.writestr(name, content)
    if files:
        field = page.locator("input[type=file]")
        field.set_input_files({"name": "course.zip", "mimeType": "application/zip", "buffer": packed.getvalue()})
    page.locator("main form").evaluate("form => { form.noValidate = true; }")
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def read() -> None:
    """The worker's turn."""
    assert readings.read_due(at=clock.now()) == 1


def test_axe_finds_nothing_in_what_the_office_answers_about_a_course(site, visitors):
    """A form with errors; a folder that waits, is broken, looked at, taken in, stopped, or too large to go out; and
    findings after saving.
    """
    owner = writer()
    vague = [{"type": "text", "value": '<p><a href="https://example.org/">here</a></p>'}]
    section = SectionPage.objects.get(organisation=owner, locale__language_code="en")
    guide = learning.guide("Telephone", parent=section, body=vague)
    walker = visitors(language="en")
    page = sign_in(walker, platform_administrator(), to=reverse("office_import_course"))
    found = []

    def look(says: str) -> None:
        page.set_viewport_size(DESKTOP)
        settle(walker)
        assert says in page.locator("body").inner_text()
        found.extend(faults(page))

    sent(page, "Only look")
    look("This field is required.")
    sent(page, "Only look", folder() | {"course.yaml": b"title: [", "1-at-home/module.yaml": b"none: 1"})
    page.get_by_role("link", name="Keep it still").click()
    look("Waiting to be read")
    read()
    page.get_by_role("link", name="Look again").click()
    look("What is wrong")
    walker.visit(reverse("office_import_course"))
    look("Something has to be put right")
    sent(page, "Only look", folder())
    read()
    page.get_by_role("button", name="Take in").wait_for()  # the page comes anew by itself
    look("Nothing was changed yet")
    with page.expect_navigation():
        page.get_by_role("button", name="Take in").click()
    read()
    page.get_by_role("link", name="To the pages").wait_for()
    look("6 pages were made or changed.")
    page.get_by_role("link", name="To the pages").click()
    page.get_by_text("Before you go").first.wait_for()
    walker.visit(reverse("office_import_course"))
    sent(page, "Take in", folder())
    with page.expect_navigation():
        page.get_by_role("button", name="Stop and delete the file").click()
    look("Stopped, nothing was changed")
    long = [{"type": "text", "value": f"<p>{'word ' * 120_000}</p>"}]
    walker.visit(reverse("office_export_course", args=[learning.guide("Long", parent=section, body=long).pk]))
    look("Too large to be taken in again as it is")
    walker.visit(reverse("wagtailadmin_pages:edit", args=[guide.pk]))
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    look("here")
    assert page.locator(".messages .warning").count() == 1
    assert found == []
