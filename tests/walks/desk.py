"""A member of a legal-aid team at a browser, in sentences: makes keys, brings lists, reads and answers."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from hrdplatform.accounts.models import User
from tests.deploy.lead import Lead
from tests.walks.account_pages import enter, speak
from tests.walks.browser import Walker

SEALING = 60_000  # ms; two busy cores


@dataclass
class Member:
    """Signed in with a verified, fresh factor; `passphrase` is what the member noted when making keys."""

    walker: Walker
    user: User
    passphrase: str = ""
    spoken: str = ""

    def __post_init__(self) -> None:
        speak(self.walker, "en")
        enter(self.walker, self.user)

    @property
    def page(self) -> Page:
        return self.walker.page

    # team set-up

    def makes_keys(self) -> None:
        """Notes seven words, types them back, and notes the six words for the lead."""
        self.walker.visit("/desk/team/keys/")
        self.page.click("#make")
        words = self.page.locator("#passphrase-words li")
        expect(words).to_have_count(7, timeout=SEALING)
        self.passphrase = " ".join(words.all_inner_texts())
        self.page.fill("#typed", self.passphrase)
        self.page.click("#prove")
        expect(self.page.locator('[data-screen="spoken"]')).to_be_visible(timeout=SEALING)
        self.spoken = " ".join(self.page.locator("#spoken-words li").all_inner_texts())

    def adds(self, other: User) -> None:
        self.walker.visit("/desk/team/")
        self.page.select_option('[name="person"]', str(other.pk))
        self.page.get_by_role("button", name="Add to the team").click()
        expect(self.page.locator("#members + *")).to_contain_text(other.name)

    def takes_the_request_file(self, folder: Path) -> None:
        self.walker.visit("/desk/team/")
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Download the request file").click()
        download.value.save_as(folder / "request.json")

    def brings_the_list(self, lead: Lead) -> None:
        self.walker.visit("/desk/team/")
        self.page.set_input_files('[name="signed"]', lead.folder / "signed.json")
        self.page.get_by_role("button", name="Bring the list in").click()
        expect(self.page.get_by_text("is now the newest")).to_be_visible()

    def signs_off_line(self, lead: Lead, *typed: str) -> None:
        """Carries the request to the off-line machine, signs there, and brings the list back."""
        self.takes_the_request_file(lead.folder)
        done = lead.sign(*typed, "sign", more=("words",))
        assert done.returncode == 0, done.stdout + done.stderr
        self.brings_the_list(lead)

    # the desk

    def opens_the_desk(self) -> None:
        self.walker.visit("/desk/")
        expect(self.page.locator("#app")).to_be_visible()

    def unlocks(self) -> None:
        self.page.fill("#passphrase", self.passphrase)
        self.page.click("#unlock")

    def comes_to_the_desk(self) -> None:
        self.opens_the_desk()
        self.unlocks()
        expect(self.page.locator('[data-screen="queue"]')).to_be_visible(timeout=SEALING)
        outcome = self.page.locator("#queue-empty, #queue-table, [data-problem]").filter(visible=True)
        expect(outcome.first).to_be_visible(timeout=SEALING)
        expect(self.page.locator("#queue-progress")).to_be_hidden(timeout=SEALING)

    def remembers_with(self, older: str) -> None:
        """After new keys: the memory of the desk and the older keys come back with the words from before."""
        self.page.fill("#older-passphrase", older)
        self.page.click("#use-older")
        expect(self.page.locator("#older")).to_be_hidden(timeout=SEALING)
        expect(self.page.locator("#queue-progress")).to_be_hidden(timeout=SEALING)

    def is_told_at_the_lock(self, words: str) -> None:
        expect(self.page.locator('[data-screen="unlock"]')).to_be_visible(timeout=SEALING)
        expect(self.page.locator("#lock-reason")).to_contain_text(words)

    def locks(self) -> None:
        self.page.click("#lock")
        self.is_told_at_the_lock("Locked.")

    def is_stopped(self, why: str) -> None:
        """Sees the page on which nothing can be read or typed."""
        expect(self.page.locator('[data-screen="stopped"]')).to_be_visible(timeout=SEALING)
        expect(self.page.locator("#stopped-why")).to_contain_text(why)
        expect(self.page.locator("#app input:visible, #app textarea:visible, #app .btn:visible")).to_have_count(0)

    def is_told(self, words: str) -> None:
        expect(self.page.locator('[role="alert"]:visible').first).to_contain_text(words, timeout=SEALING)

    def goes_back_to_the_queue(self) -> None:
        self.page.locator(".crumbs [data-to-queue]").click()
        expect(self.page.locator('[data-screen="queue"]')).to_be_visible(timeout=SEALING)
        expect(self.page.locator("#queue-progress")).to_be_hidden(timeout=SEALING)

    def sees_in_the_queue(self, *words: str) -> None:
        rows = self.page.locator("#queue-rows tr")
        expect(rows).to_have_count(len(words))
        for row, text in zip(rows.all(), words, strict=True):
            expect(row).to_contain_text(text)

    def opens_the_request(self, words: str) -> None:
        self.page.locator("#queue-rows tr", has_text=words).locator("th a").click()
        expect(self.page.locator('[data-screen="case"]')).to_be_visible(timeout=SEALING)

    def reads(self, *texts: str) -> None:
        expect(self.page.locator("#case-thread .msg > div")).to_have_text(list(texts), use_inner_text=True)
        expect(self.page.locator("#verdict.small")).to_be_visible()

    def is_warned(self, words: str) -> None:
        """Reads in the case what does not verify."""
        expect(self.page.locator("#verdict.notice")).to_contain_text(words)

    def sees_how_to_contact(self, *words: str) -> None:
        for text in words:
            expect(self.page.locator("#safety-lists")).to_contain_text(text)

    def acknowledges(self) -> None:
        self.page.click("#acknowledge")
        expect(self.page.locator("#acknowledge")).to_be_hidden(timeout=SEALING)
        expect(self.page.locator("#acknowledge")).to_be_enabled(timeout=SEALING)

    def answers(self, text: str, *files: Path) -> None:
        self.page.fill("#reply", text)
        if files:
            self.page.set_input_files("#pick", list(files))
            expect(self.page.locator("ul.files progress")).to_have_count(0, timeout=SEALING)
        self.page.click("#send-reply")
        expect(self.page.locator("#sent")).to_be_visible(timeout=SEALING)
        expect(self.page.locator("#send-reply")).to_be_enabled(timeout=SEALING)
