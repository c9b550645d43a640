"""Somebody of the office at a browser: signs in with both steps and goes through Wagtail's admin."""

from collections.abc import Callable

from playwright.sync_api import Page

from hrdplatform.accounts.models import TotpDevice, User
from tests.factories.accounts import PASSWORD, code_of
from tests.walks.browser import Walker


def sign_in(walker: Walker, user: User, *, to: str = "/office/") -> Page:
    """Password, code, and the page one wanted."""
    page = walker.visit(to)
    page.locator("[name=email]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.locator("[name=code]").fill(code_of(TotpDevice.objects.get(user=user)))
    page.locator("main form button").first.click()
    page.wait_for_url(f"**{to}")
    walker.witness.testify()
    return page


def settle(walker: Walker) -> None:
    """Waits until scripts asked for everything they want, then hears the witness."""
    walker.page.wait_for_load_state("networkidle")
    walker.witness.testify()


def choose(page: Page, open_chooser: Callable[[], None], title: str) -> None:
    """Opens a chooser and takes the entry called `title`."""
    open_chooser()
    modal = page.locator(".modal.in, .modal-dialog").last
    modal.get_by_role("link", name=title).first.click()
    page.locator(".modal.in").wait_for(state="detached")
