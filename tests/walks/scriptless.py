"""A defender whose browser runs no scripts, in sentences."""

import os

from legal_aid.domain.plain_receipt import asked_places
from tests.legal_aid.plain_visitor import Page
from tests.walks import shots


class Scriptless:
    """Somebody in a browser without scripts, who reads what stands there and presses the buttons that it has."""

    def __init__(self, walker, language: str, pictures) -> None:
        self.walker, self.language, self.pictures = walker, language, pictures

    def goes_to(self, path: str, name: str) -> "Scriptless":
        self.page = self.walker.visit(f"/{self.language}/aid/{path}")
        return self.looks(name)

    def presses(self, go: str, name: str) -> "Scriptless":
        return self.sends(self.page.locator(f"main button[name=go][value={go}]"), name)

    def sends(self, button, name: str) -> "Scriptless":
        """The same address may answer with another page, so it is the answer itself that is awaited."""
        with self.page.expect_navigation():
            button.click()
        return self.looks(name)

    def looks(self, name: str) -> "Scriptless":
        self.walker.witness.testify()
        assert self.page.locator("h1:visible").count() <= 1, name
        if os.environ.get("HRD_TEST_SHOTS"):
            shots.take(self.walker, f"plain-{self.language}-{name}", self.pictures)
        return self

    def writes(self, name: str, text: str) -> "Scriptless":
        self.page.locator(f"main [name={name}]").fill(text)
        return self

    @property
    def words(self) -> list[str]:
        return Page(self.page.content()).words

    def confirms(self) -> "Scriptless":
        words = self.words
        number = self.page.locator("main input[name=form]").get_attribute("value")
        for field, place in zip(("first", "second"), asked_places(number), strict=True):
            self.writes(field, words[place - 1])
        return self.sends(self.page.locator("main form button.btn").last, "thread")
