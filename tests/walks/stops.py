"""Stops of the accessibility walk: address, what prepares it, and what proves that it is the right page.

Each room keeps a list of stops for its pages and states; `every_stop.py` gathers them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.walks.account_pages import speak
from tests.walks.browser import Walker

Step = Callable[[Walker], None]


def nothing(walker: Walker) -> None:
    """The page needs nothing."""


@dataclass(frozen=True)
class Stop:
    """`address` has `{language}` where the language's prefix stands, or none where the account's language counts.

    `prepare` fills the database or signs in before the first visit; `then` goes on from the address to the state that
    is meant; `says` is one sentence of the domain that stands there in English.
    """

    name: str
    address: str
    says: str
    prepare: Step = nothing
    then: Step = nothing
    status: int = 200
    languages: tuple[str, ...] = ("fr", "en", "ar")

    def __str__(self) -> str:
        return self.name

    def visit(self, walker: Walker, language: str) -> None:
        """Goes there in a language and makes sure that it is the page that is meant."""
        if "{language}" not in self.address:
            speak(walker, language)
        walker.visit(self.address.format(language=language), status=self.status)
        self.then(walker)
        walker.page.locator("h1:visible").first.wait_for()
        walker.witness.testify()
        assert walker.page.locator("h1:visible").count() == 1, self.name
        assert walker.page.locator("html").get_attribute("lang") == language
        if language == "en":
            assert self.says in walker.page.locator("body").inner_text(), self.says
