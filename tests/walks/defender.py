"""A defender at a browser, in sentences: she writes a request, notes the receipt, comes back, reads, erases."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.walks.browser import Walker

SEALING = 60_000  # ms; sealing and Argon2 take their time on two busy cores
LARGE_FILES = 300_000  # ms; 200 MB on a machine that does other things too


@dataclass
class Defender:
    """Speaks `language`; `words` are what she noted."""

    walker: Walker
    language: str = "en"
    words: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.walker.page

    def opens(self, path: str) -> None:
        self.walker.visit(f"/{self.language}/aid/{path}")
        expect(self.page.locator("#app")).to_be_visible()

    # writing

    def begins(self) -> None:
        self.opens("request/")
        expect(self.page.locator('[data-screen="situation"] h1')).to_be_focused()

    def tells(self, text: str) -> None:
        self.page.fill('[name="story"]', text)

    def adds(self, *files: Path) -> None:
        self.page.set_input_files("input[type=file]", list(files))

    def sees_her_files_sealed(self, number: int) -> None:
        expect(self.page.locator("ul.files progress")).to_have_count(0, timeout=LARGE_FILES)
        expect(self.page.locator("ul.files .error")).to_have_count(0)
        expect(self.page.locator("ul.files li")).to_have_count(number)

    def continues(self) -> None:
        self.page.locator("[data-screen]:not([hidden]) .row .btn").first.click()

    def names_a_safe_way(self, **answers: str) -> None:
        for name, answer in answers.items():
            if name == "channel":
                self.page.check(f'[name="channel"][value="{answer}"]')
            else:
                self.page.fill(f'[name="{name}"]', answer)

    def seals_and_sends(self) -> None:
        self.page.click("#send")

    def notes_the_receipt(self) -> list[str]:
        expect(self.page.locator('[data-screen="receipt"]')).to_be_visible(timeout=SEALING)
        self.words = self.page.locator("#receipt-words li").all_inner_texts()
        return self.words

    def confirms_two_words(self) -> None:
        for field_ in ("first", "second"):
            label = self.page.locator(f'label[for="confirm-{field_}"]').inner_text()
            number = int("".join(letter for letter in label if letter.isdigit()))
            self.page.fill(f"#confirm-{field_}", self.words[number - 1].upper())
        self.page.click("#confirm")

    def writes_a_request(self, text: str, *files: Path, **safe: str) -> list[str]:
        """The whole way from the first screen to the last."""
        self.begins()
        self.tells(text)
        if files:
            self.adds(*files)
            self.sees_her_files_sealed(len(files))
        self.continues()
        self.names_a_safe_way(**safe)
        self.continues()
        self.seals_and_sends()
        words = self.notes_the_receipt()
        self.confirms_two_words()
        expect(
            self.page.locator('[data-screen="done"], [data-screen="thread"]').locator("visible=true")
        ).to_be_visible()
        return words

    # coming back

    def returns(self, words: list[str] | None = None) -> None:
        self.opens("return/")
        self.page.fill('[name="words"]', " ".join(words or self.words))
        self.page.click("#open")

    def reads(self, *texts: str) -> None:
        """Sees exactly these messages, in this order."""
        expect(self.page.locator('[data-screen="thread"]')).to_be_visible(timeout=SEALING)
        expect(self.page.locator("#thread .msg > div")).to_have_text(list(texts), use_inner_text=True)

    def sees_all_verified(self) -> None:
        expect(self.page.locator("#verdict.small")).to_be_visible()

    def writes_again(self, text: str, *files: Path) -> None:
        self.page.fill('[name="text"]', text)
        if files:
            self.adds(*files)
            self.sees_her_files_sealed(len(files))
        self.page.click("#write")
        expect(self.page.locator("#sent")).to_be_visible(timeout=SEALING)

    def replaces_the_receipt(self) -> list[str]:
        self.page.click("#to-replace")
        self.page.click("#replace")
        words = self.notes_the_receipt()
        self.confirms_two_words()
        return words

    def erases_everything(self) -> None:
        self.page.click("#erase")
        self.page.click("#erase-now")
        expect(self.page.locator('[data-screen="erased"]')).to_be_visible(timeout=SEALING)

    def is_told(self, words: str) -> None:
        expect(self.page.locator('[role="alert"]').first).to_contain_text(words, timeout=SEALING)
