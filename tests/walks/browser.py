"""A person at a browser: opens addresses of the site, reads, fills in, and is watched by a witness all the way."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page

from tests.walks.site import LiveSite
from tests.walks.witness import Witness

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}


@dataclass
class Walker:
    """One visitor with own cookies. `visit` answers the page and fails on any breach, page error or foreign request."""

    site: LiveSite
    context: BrowserContext
    witness: Witness = field(init=False)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.witness = Witness(self.context)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)

    def visit(self, address: str, *, status: int = 200, door: str = "") -> Page:
        """Opens `address` (a path) at the shared host, or at a door's own host."""
        origin = self.site.at(door) if door else self.site.url
        response = self.page.goto(f"{origin}{address}")
        assert response is not None
        assert response.status == status, f"{address}: {response.status}"
        self.witness.testify()
        return self.page

    def leave(self) -> None:
        """Closes the browser window; nothing that went wrong on the way stays unsaid."""
        self.context.close()
        self.witness.testify()


@dataclass
class Walkers:
    """Makes visitors and sees them off at the end of the test."""

    browser: Browser
    site: LiveSite
    out: list[Walker] = field(default_factory=list)

    def __call__(
        self, *, scripts: bool = True, language: str = "fr", phone: bool = False, dark: bool = False
    ) -> Walker:
        context = self.browser.new_context(
            java_script_enabled=scripts,
            locale=language,
            viewport=PHONE if phone else DESKTOP,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        walker = Walker(self.site, context)
        self.out.append(walker)
        return walker

    def see_off(self) -> None:
        for walker in self.out:
            walker.leave()
