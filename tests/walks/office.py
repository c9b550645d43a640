"""Somebody of the office at a browser: signs in with both steps and goes through Wagtail's admin."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Page, expect

from cms.models import SectionPage
from hrdplatform.accounts.models import TotpDevice, User
from tests.factories.accounts import PASSWORD, code_of
from tests.walks.browser import DESKTOP, Walker


def sign_in(walker: Walker, user: User, *, to: str = "/office/") -> Page:
    """Password, code, and the page one wanted."""
    page = walker.visit(to)
    pass_both_steps(page, user)
    page.wait_for_url(f"**{to}")
    walker.witness.testify()
    return page


def pass_both_steps(page: Page, user: User) -> None:
    """From the sign-in page on."""
    page.locator("[name=email]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.locator("[name=code]").fill(code_of(TotpDevice.objects.get(user=user)))
    page.locator("main form button").first.click()


def settle(walker: Walker) -> None:
    """Waits until scripts asked for everything they want, then hears the witness."""
    walker.page.wait_for_load_state("networkidle")
    walker.witness.testify()


def in_turn(walker: Walker, screens: Iterable[str], language: str) -> Iterator[tuple[str, Page]]:
    """Each screen once its scripts have asked for everything they want; the next loads in a second tab meanwhile.

    Fails where a screen is not there, not in `language`, or breaks the policy; a fault may be that of the next screen.
    """
    tabs = walker.page, walker.context.new_page()
    opened: list[tuple[str, Page]] = []
    for number, screen in enumerate((*screens, None)):
        if screen is not None:
            page = tabs[number % 2]
            page.set_viewport_size(DESKTOP)
            answer = page.goto(f"{walker.site.url}{screen}")
            assert answer is not None
            assert answer.status == 200, f"{screen}: {answer.status}"
            opened.append((screen, page))
        if number:
            before, page = opened[number - 1]
            page.wait_for_load_state("networkidle")
            assert walker.witness.faults == [], opened[number - 1 :]
            assert page.locator("html").get_attribute("lang") == language, before
            yield before, page


def choose(page: Page, open_chooser: Callable[[], None], title: str) -> None:
    """Opens a chooser and takes the entry called `title`."""
    open_chooser()
    modal = page.locator(".modal.in, .modal-dialog").last
    modal.get_by_role("link", name=title).first.click()
    page.locator(".modal.in").wait_for(state="detached")


def add_block(page: Page, name: str) -> None:
    """Adds a block at the end of the body and waits until it stands."""
    stream = page.locator("#panel-child-content-body-content, [data-contentpath=body]").first
    before = page.locator("[data-streamfield-child]").count()
    stream.locator(".c-sf-add-button").last.click()
    page.get_by_role("option", name=name, exact=True).click()
    page.locator("[data-streamfield-child]").nth(before).wait_for()


def write(page: Page, words: str, number: int = -1) -> None:
    """Writes into a rich-text field, and waits until the form has it: the field keeps what was typed for a moment."""
    page.locator("[data-streamfield-child] .public-DraftEditor-content").nth(number).click()
    page.keyboard.type(words)
    kept = "words => [...document.querySelectorAll('input')].some((field) => field.value.includes(words))"
    page.wait_for_function(kept, arg=words)


class Colleague:
    """Somebody of an organisation at the office, in sentences; signed in with both steps."""

    def __init__(self, walker: Walker, user: User) -> None:
        self.walker = walker
        self.page = sign_in(walker, user)

    def opens(self, address: str) -> None:
        self.walker.visit(address)

    def follows(self, words: str) -> None:
        """From the first panel of the office to what waits there."""
        self.opens("/office/")
        self.page.get_by_role("link", name=words).click()

    def begins_a_guide(self, section: SectionPage) -> None:
        """By the way that a person goes: the section, a page below it, a guide."""
        self.opens(f"/office/pages/{section.pk}/")
        self.page.get_by_role("link", name="Add child page").first.click()
        self.page.get_by_role("link", name="Guide", exact=True).click()
        self.page.locator("#id_title").wait_for()

    def writes(self, *, title: str, lead: str, text: str) -> None:
        self.page.locator("#id_title").fill(title)
        self.page.locator("#id_lead").fill(lead)
        add_block(self.page, "Text")
        write(self.page, text)

    def brings_a_picture(self, file: Path, *, title: str, description: str) -> None:
        """Sends a picture from inside the chooser and describes it."""
        add_block(self.page, "Image")
        self.page.get_by_role("button", name="Choose an image").last.click()
        self.page.get_by_role("tab", name="Upload").click()
        self.page.locator("#id_image-chooser-upload-file").set_input_files(file)
        self.page.locator("#id_image-chooser-upload-title").fill(title)
        self.page.locator(".modal form button[type=submit]:visible").last.click()
        self.page.locator(".modal.in").wait_for(state="detached")
        self.page.locator("[name$=alt_text]").last.fill(description)

    @property
    def choices(self) -> list[str]:
        """What the menu at the foot of the editor offers."""
        return [" ".join(button.text_content().split()) for button in self.page.locator("footer.footer button").all()]

    def chooses(self, words: str) -> None:
        """One of these."""
        self.page.locator("footer.footer [data-w-dropdown-target=toggle]").first.click()
        self.page.locator("footer.footer button", has_text=words).first.click()

    def is_told(self, words: str) -> None:
        """A message over the page, after which everything went well so far."""
        self.page.locator(".messages").get_by_text(words).wait_for()
        settle(self.walker)

    def submits(self, words: str = "Submit for approval") -> None:
        self.chooses(words)
        self.is_told("submitted for moderation")

    def sends_back(self, comment: str) -> None:
        """Not without saying why."""
        self.chooses("Send back with a comment")
        self.page.locator(".modal [type=submit]").click()
        self.page.locator(".modal").get_by_text("This field is required.").wait_for()
        self.page.locator(".modal textarea").fill(comment)
        self.page.locator(".modal [type=submit]").click()
        self.is_told("was sent back to")

    def approves(self) -> None:
        self.chooses("Approve and Publish")
        self.is_told("was approved and published")

    def asks_for_a_translation(self, language: str) -> None:
        """From the list of what is to be translated."""
        self.page.get_by_label(language).check()
        self.page.get_by_role("button", name="Submit").click()
        self.is_told("successfully submitted")

    def translates(self, words: dict[str, str]) -> None:
        """Each text that stands there, beside its source."""
        for source, target in words.items():
            segment = self.page.locator("li", has_text=source).filter(has=self.page.get_by_role("button")).last
            segment.get_by_role("button", name="Translate", exact=True).click()
            self.page.locator(".js-translation-editor textarea:visible").fill(target)
            with self.page.expect_response("**/strings/*/edit/") as saved:
                self.page.get_by_role("button", name="Save", exact=True).click()
            assert saved.value.ok
        expect(self.page.get_by_role("button", name="Translate", exact=True)).to_have_count(0)
