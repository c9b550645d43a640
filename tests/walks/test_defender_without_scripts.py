"""A defender's whole way with scripts switched off, in a real browser. Axe looks at these pages in `aid_stops`."""

import base64
import os

import pytest

from tests.factories import legal_aid
from tests.legal_aid.plain_visitor import Page
from tests.walks import shots

pytestmark = pytest.mark.walk

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Scriptless:
    """Somebody in a browser without scripts, who reads what stands there and presses the buttons that it has."""

    def __init__(self, walker, language: str, pictures) -> None:
        self.walker, self.language, self.pictures = walker, language, pictures

    def goes_to(self, path: str, name: str) -> "Scriptless":
        self.page = self.walker.visit(f"/{self.language}/aid/{path}")
        return self.looks(name)

    def presses(self, go: str, name: str) -> "Scriptless":
        self.page.locator(f"main button[name=go][value={go}]").click()
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
        from legal_aid.domain.plain_receipt import asked_places

        words = self.words
        number = self.page.locator("main input[name=form]").get_attribute("value")
        for field, place in zip(("first", "second"), asked_places(number), strict=True):
            self.writes(field, words[place - 1])
        self.page.locator("main form button.btn").last.click()
        return self.looks("thread")


@pytest.mark.parametrize(("language", "phone"), [("fr", False), ("en", True), ("ar", True)])
def test_she_writes_reads_replaces_and_erases(visitors, site, tmp_path, language, phone):
    legal_aid.team()
    her = Scriptless(visitors(scripts=False, language=language, phone=phone), language, shots.folder(tmp_path))
    her.goes_to("", "home").goes_to("request/", "request").goes_to("request/plain/", "situation")
    her.presses("contact", "situation-error")
    her.writes("story", "They took my phone.\nI do not know why.")
    her.page.locator("input[type=file]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PICTURE})
    her.presses("files", "situation-files").presses("contact", "contact")
    her.writes("safe_word", "Quetschekraut").presses("check", "check").presses("send", "receipt")
    words = her.words
    assert len(words) == 8
    her.confirms()
    assert "They took my phone." in her.page.content()
    her.writes("text", "One more thing.").presses("send", "thread-sent")
    her.goes_to("return/plain/receipt/", "replace")
    her.page.locator("main form button.btn").click()
    new = her.looks("replaced").words
    her.confirms().goes_to("return/plain/", "return").writes("words", " ".join(words))
    her.page.locator("main form button.btn").click()
    her.looks("return-unknown").writes("words", " ".join(new))
    her.page.locator("main form button.btn").click()
    assert "One more thing." in her.looks("thread-again").page.content()
    her.goes_to("return/plain/erase/", "erase")
    her.page.locator("main input[name=sure]").check()
    her.page.locator("main form button.btn").click()
    her.looks("erased")


def test_in_an_emergency_one_screen_is_enough(visitors, site, tmp_path):
    legal_aid.team()
    her = Scriptless(visitors(scripts=False, language="de", phone=True), "de", shots.folder(tmp_path))
    her.goes_to("urgent/", "urgent").goes_to("urgent/plain/", "urgent-plain")
    her.writes("story", "Polizei an der Tür").presses("send", "urgent-receipt")
    assert len(her.words) == 8
