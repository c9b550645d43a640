"""A defender's whole way with scripts switched off, in a real browser. Axe looks at these pages in `aid_stops`."""

import base64

import pytest

from tests.factories import legal_aid
from tests.walks import shots
from tests.walks.scriptless import Scriptless

pytestmark = [pytest.mark.walk, pytest.mark.database]

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


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
    button = her.page.locator("main form button.btn")
    new = her.sends(button, "replaced").words
    her.confirms().goes_to("return/plain/", "return").writes("words", " ".join(words))
    her.sends(button, "return-unknown").writes("words", " ".join(new))
    assert "One more thing." in her.sends(button, "thread-again").page.content()
    her.goes_to("return/plain/erase/", "erase")
    her.page.locator("main input[name=sure]").check()
    her.sends(button, "erased")


def test_in_an_emergency_one_screen_is_enough(visitors, site, tmp_path):
    legal_aid.team()
    her = Scriptless(visitors(scripts=False, language="de", phone=True), "de", shots.folder(tmp_path))
    her.goes_to("urgent/", "urgent").goes_to("urgent/plain/", "urgent-plain")
    her.writes("story", "Polizei an der Tür").presses("send", "urgent-receipt")
    assert len(her.words) == 8
