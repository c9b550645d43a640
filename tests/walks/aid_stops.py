"""Stops at the aid door: what a defender sees before, while and after writing, with scripts and without."""

import re

from legal_aid.models import Record, UploadPart
from tests.factories import legal_aid
from tests.walks.browser import Walker
from tests.walks.stops import Step, Stop

EVERYBODY = ("fr", "en", "ar", "lb", "pt")


def with_a_team(walker: Walker) -> None:
    legal_aid.team("one")


def with_two_teams(walker: Walker) -> None:
    legal_aid.team("one")
    legal_aid.team("two")


def with_a_team_through_a_gateway(walker: Walker) -> None:
    with_a_team(walker)
    walker.page.set_extra_http_headers({"X-Tor2Web": "1"})


def press(walker: Walker, value: str) -> None:
    """Presses the button that goes on to `value`, whatever it is called in this language."""
    with walker.page.expect_navigation():
        walker.page.locator(f'button[name="go"][value="{value}"]').first.click()


def nothing_written(walker: Walker) -> None:
    press(walker, "contact")


def written(walker: Walker) -> None:
    walker.page.fill('[name="story"]', "They wrote that they know where I live.")
    press(walker, "contact")


def with_a_file(walker: Walker) -> None:
    name = "a-note-with-a-rather-long-name-that-has-to-wrap-somewhere.txt"
    walker.page.set_input_files('[name="files"]', {"name": name, "mimeType": "text/plain", "buffer": b"a note"})
    press(walker, "files")


def ready_to_check(walker: Walker) -> None:
    written(walker)
    press(walker, "check")


def sent(walker: Walker) -> None:
    ready_to_check(walker)
    press(walker, "send")


def wrong_words(walker: Walker) -> None:
    field = walker.page.locator("form input[type=text], form textarea").first
    field.fill("none of these words fits here at all")
    with walker.page.expect_navigation():
        walker.page.locator("main form button").first.click()


def noted(walker: Walker) -> list[str]:
    """The words of the receipt on this page."""
    return [re.sub(r"\s+", " ", words).strip() for words in walker.page.locator(".words li").all_inner_texts()]


def returned(walker: Walker) -> None:
    """Comes back with the words of a request that was just sent."""
    sent(walker)
    words = noted(walker)
    language = walker.page.locator("html").get_attribute("lang")
    walker.visit(f"/{language}/aid/return/plain/")
    walker.page.locator("form input[type=text], form textarea").first.fill(" ".join(words))
    with walker.page.expect_navigation():
        walker.page.locator("main form button").first.click()


def changed(walker: Walker) -> None:
    """Comes back to a message that the server swapped for other bytes."""
    returned(walker)
    for row in Record.objects.filter(kind="message"):
        row.sealed = bytes(reversed(row.sealed))
        row.save()
    walker.page.reload()


def lost(walker: Walker) -> None:
    """A file of hers of which the server has lost the parts."""
    with_a_file(walker)
    returned(walker)
    UploadPart.objects.all().delete()
    address = walker.page.locator(".thread .files a").first.get_attribute("href")
    walker.visit(address, status=409)


def returned_to(tail: str) -> Step:
    """Comes back and goes on to another page of the own request."""

    def go(walker: Walker) -> None:
        returned(walker)
        language = walker.page.locator("html").get_attribute("lang")
        walker.visit(f"/{language}/aid/return/plain/{tail}")

    return go


WRITE = "/{language}/aid/request/plain/"
AID = [
    Stop("aid, start", "/{language}/aid/", "What is protected", with_a_team, languages=EVERYBODY),
    Stop("aid, urgent", "/{language}/aid/urgent/plain/", "112", with_a_team),
    Stop("aid, no team", "/{language}/aid/", "No team takes requests at the moment."),
    Stop("plain, situation", WRITE, "What is happening?", with_a_team, languages=EVERYBODY),
    Stop("plain, errors", WRITE, "One thing before you go on", with_a_team, nothing_written),
    Stop("plain, with a file", WRITE, "a-note-with-a-rather-long-name", with_a_team, with_a_file),
    Stop("plain, choice of a team", WRITE, "Team two", with_two_teams),
    Stop("plain, no team chosen", WRITE, "One thing before you go on", with_two_teams, written),
    Stop("plain, through a gateway", WRITE, "You came through a gateway", with_a_team_through_a_gateway),
    Stop("plain, contact", WRITE, "How can we reach you safely?", with_a_team, written),
    Stop("plain, check", WRITE, "Check and seal", with_a_team, ready_to_check),
    Stop("plain, receipt", WRITE, "Note these eight", with_a_team, sent),
    Stop("plain, return", "/{language}/aid/return/plain/", "Open your request", with_a_team),
    Stop("plain, wrong words", "/{language}/aid/return/plain/", "Open your request", with_a_team, wrong_words),
    Stop("plain, messages", WRITE, "They wrote that they know where I live.", with_a_team, returned),
    Stop("plain, messages with a failure", WRITE, "cannot be opened", with_a_team, changed),
    Stop("plain, a file that is lost", WRITE, "This file cannot be opened", with_a_team, lost),
    Stop("plain, replace", WRITE, "Replace the receipt", with_a_team, returned_to("receipt/")),
    Stop("plain, erase", WRITE, "Erase everything?", with_a_team, returned_to("erase/")),
    Stop("plain, erased", "/{language}/aid/return/plain/erased/", "Your request is gone.", with_a_team),
    Stop("urgent, choice of a team", "/{language}/aid/urgent/", "Team two", with_two_teams),
    Stop("scripted, choice of a team", "/{language}/aid/request/", "Team two", with_two_teams),
    Stop("scripted, request", "/{language}/aid/request/", "What is happening?", with_a_team),
    Stop("scripted, return", "/{language}/aid/return/", "Open your request", with_a_team),
]
