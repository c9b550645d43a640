"""No word of a request lies anywhere on the server: not during an upload, not after it, not after kill -9 in its
middle.

Every search first proves itself: a second, clear bird is planted in each place in every spelling and must be found
there.
"""

import json
import time

import pytest

from tests.legal_aid import canary
from tests.legal_aid.installation import Installation, Walker, bird
from tests.legal_aid.places import PLACES, Places
from tests.legal_aid.plain_visitor import Page
from tests.servers import commands
from tests.servers.valkey import ValkeyServer

FORM = "/en/aid/request/plain/"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request, tmp_path_factory, valkey_server):
    """An installation on either engine, with a broker that nobody empties, so that what was sent to it stays."""
    broker = ValkeyServer()
    variables = {"BROKER": broker.url}
    server = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
        variables["DATABASE"] = server.migrated_database()
    site = Installation(tmp_path_factory.mktemp("installation"), valkey_server.url, **variables)
    site.places = Places(site, server)
    site.start()
    yield site
    site.kill()
    broker.close()


class Birds:
    """The words of one visitor, each of which may stand nowhere."""

    def __init__(self) -> None:
        self.story, self.contact, self.content = bird("story"), bird("contact"), bird("content")
        self.name = bird("name").replace(" ", "_") + ".mp4"
        self.agent, self.address = f"Agent-{bird('agent')}".encode("ascii", "ignore").decode(), "203.0.113.77"
        self.file = b"\x00\x00\x00\x18ftypmp42" + (self.content.encode() + b"\n") * 90_000

    def all(self) -> list[str]:
        return [self.story, self.contact, self.content, self.name, self.agent, self.address]


def seen(site: Installation, birds: Birds) -> list[str]:
    """Where any word of the visitor stands."""
    return site.places.seen(birds.all())


@pytest.mark.parametrize("place", PLACES)
def test_a_planted_bird_is_found_in_every_spelling(site, place):
    planted = bird("planted")
    wanted = site.places.plant(place, planted)
    assert len(wanted) >= len(canary.spellings(planted)) - 3
    assert wanted <= set(canary.sightings(planted, site.places.content(place)))


def first_screen(walker: Walker) -> Page:
    return walker.get(FORM).page


def told(page: Page, birds: Birds) -> dict[str, list[str]]:
    return page.form(FORM)["fields"] | {"story": [birds.story], "urgency": ["now"], "go": ["contact"]}


def with_file(birds: Birds) -> tuple:
    return ((birds.name, birds.file, "video/mp4"),)


def cases(site: Installation) -> int:
    return site.places.ask("SELECT count(*) FROM legal_aid_case")


def test_nothing_is_seen_during_a_paused_upload_nor_after_kill_9(site):
    birds = Birds()
    walker = Walker(site, birds.agent, birds.address)
    page = first_screen(walker)
    before = cases(site)
    connection = walker.pause(FORM, told(page, birds), with_file(birds), 0.8)
    wait_for_bytes(site)
    assert seen(site, birds) == []
    site.kill()
    connection.close()
    assert seen(site, birds) == []
    assert cases(site) == before
    site.start()
    assert seen(site, birds) == []
    if site.places.server is None:
        assert site.places.ask("PRAGMA integrity_check") == "ok"


def test_nothing_is_seen_after_a_whole_journey(site):
    birds = Birds()
    walker = Walker(site, birds.agent, birds.address)
    page = walker.post(FORM, told(first_screen(walker), birds), with_file(birds)).page
    page = walker.post(FORM, page.form(FORM)["fields"] | {"address": [birds.contact], "go": ["check"]}).page
    page = walker.post(FORM, page.form(FORM)["fields"] | {"go": ["send"]}).page
    assert len(page.words) == 8
    assert b"hrdplatform.notices" in site.places.content("broker"), "nothing was sent through the broker"
    assert commands.manage(site.data, "work", "--once", **site.variables).returncode == 0
    assert seen(site, birds) == []
    receipt = bird_of(page.words)
    assert not [place for place in PLACES if canary.sightings(receipt, site.places.content(place))]
    back = Walker(site, birds.agent, birds.address)
    entered = back.get("/en/aid/return/plain/").page.form("return/plain/")["fields"]
    back.post("/en/aid/return/plain/", entered | {"words": [receipt]})
    thread = back.get("/en/aid/return/plain/messages/")
    assert birds.story in thread.page.text
    assert seen(site, birds) == []


def test_nothing_is_seen_when_a_view_breaks(site):
    """An exception with the words in POST, query and locals: one line in the log, without any of them."""
    birds = Birds()
    walker = Walker(site, birds.agent, birds.address)
    page = first_screen(walker)
    text = site.places.ask("SELECT text FROM legal_aid_signedlist")
    site.places.ask("UPDATE legal_aid_signedlist SET text = 'spoiled'")
    answer = walker.post(FORM, told(page, birds))
    site.places.ask("UPDATE legal_aid_signedlist SET text = %s", [text])
    assert answer.status == 500
    logged = (site.data / "logs" / "platform").read_text() + (site.data / "logs" / "server").read_text()
    assert "incident" in logged
    assert seen(site, birds) == []


def test_a_sealed_journey_leaves_its_agent_and_address_nowhere(site):
    birds = Birds()
    walker = Walker(site, birds.agent, birds.address)
    token = first_screen(walker).form(FORM)["fields"]["csrfmiddlewaretoken"][0]
    answer = walker._ask(
        "POST",
        "/en/aid/sealed/uploads/",
        json.dumps({"sealed": 70_000, "parts": 1}).encode(),
        {"Content-Type": "application/json", "X-CSRFToken": token, "X-Visit": "ab" * 32},
    )
    assert answer.status == 201
    assert seen(site, birds) == []


def bird_of(words: list[str]) -> str:
    return " ".join(words)


def wait_for_bytes(site: Installation) -> None:
    """Until a sealed part of the paused upload has reached the disk: the server is in the middle of the file."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if any(path.stat().st_size > 1_000_000 for path in (site.data / "files").rglob("*") if path.is_file()):
            return
        time.sleep(0.05)  # looks at the disk, which tells nobody that it changed
    raise AssertionError("no sealed byte arrived")
