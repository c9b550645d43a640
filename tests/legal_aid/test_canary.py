"""No word of a request lies anywhere on the server: not during an upload, not after it, not after kill -9 in its
middle.

Every search first proves itself: a second, clear bird is planted in each place in every spelling and must be found
there.
"""

import hashlib
import http.client
import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from hrdplatform.sealing import epochs, records, writing
from hrdplatform.sealing.bodies import Attachment
from hrdplatform.sealing.files import FileSealer
from legal_aid.domain.contact import Contact
from tests.factories import legal_aid
from tests.faults.wire import Answer, Wire
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


def address() -> str:
    """An address of the world, from which nobody else comes."""
    return "2001:db8:" + ":".join(f"{0x1000 + secrets.randbelow(0xF000):x}" for _ in range(6))


class Birds:
    """The words of one visitor, each of which may stand nowhere."""

    def __init__(self) -> None:
        self.story, self.contact, self.content = bird("story"), bird("contact"), bird("content")
        self.name = bird("name").replace(" ", "_") + ".mp4"
        self.agent, self.address = f"Agent-{bird('agent')}".encode("ascii", "ignore").decode(), address()
        self.file = b"\x00\x00\x00\x18ftypmp42" + (self.content.encode() + b"\n") * 90_000

    def all(self) -> list[str]:
        return [self.story, self.contact, self.content, self.name, self.agent, self.address]


def seen(site: Installation, birds: Birds) -> list[str]:
    """Where any word of the visitor stands."""
    return site.places.seen(birds.all())


@pytest.mark.parametrize("kind", ["words", "address"])
@pytest.mark.parametrize("place", PLACES)
def test_a_planted_bird_is_found_in_every_spelling(site, place, kind):
    planted = address() if kind == "address" else bird("planted")
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
    lying = large_files(site)
    connection = walker.pause(FORM, told(page, birds), with_file(birds), 0.8)
    wait_for_bytes(site, lying)
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
    text, mails = site.places.ask("SELECT text FROM legal_aid_signedlist"), site.places.content("mail")
    site.places.ask("UPDATE legal_aid_signedlist SET text = 'spoiled'")
    answer = walker.post(FORM, told(page, birds))
    site.places.ask("UPDATE legal_aid_signedlist SET text = %s", [text])
    assert answer.status == 500
    assert site.places.content("mail") == mails, "somebody was mailed"
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


def test_the_address_by_which_wrong_tries_are_slowed_stands_nowhere(site):
    """What is searched for is what the platform takes for the visitor's address: her next try is refused, not her
    neighbour's.
    """
    birds = Birds()
    visitor, neighbour = Walker(site, birds.agent, birds.address), Walker(site, "neighbour", address())
    case = f"{legal_aid.BASE}case/"
    assert [visitor.get(case).status for _ in range(21)] == [404] * 20 + [429]
    assert neighbour.get(case).status == 404
    assert seen(site, birds) == []


@dataclass
class Line(Wire):
    """The connection of a visitor's browser, which names itself and its address."""

    birds: Birds | None = None

    def _once(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        named = {"User-Agent": self.birds.agent, "X-Forwarded-For": self.birds.address}
        return super()._once(method, path, body, named | headers)


def page_of(site: Installation, birds: Birds) -> legal_aid.Browser:
    """The page of a defender with scripts: it seals with the real functions and speaks over a real connection."""
    team = legal_aid.StoredTeam(None, legal_aid.SignedTeam("one"), {})
    return legal_aid.Browser(Line(site.port, patient=False, birds=birds), team)


def sealed_here(birds: Birds) -> tuple[list[bytes], dict, Attachment]:
    """The visitor's file as her page sends it: its sealed parts, what claims them, and the entry that names it."""
    sealer = FileSealer()
    parts: dict[int, bytes] = {}
    for piece in (*sealer.update(birds.file), *sealer.finish()):
        parts[piece.part] = parts.get(piece.part, b"") + bytes(piece.octets)
    entry = sealer.attachment(birds.name, "video/mp4")
    sealed = [parts[number] for number in sorted(parts)]
    manifest = {"digest": entry.digest, "parts": len(sealed), "sealed": sum(map(len, sealed))}
    return sealed, manifest, entry


def told_and_sealed(page: legal_aid.Browser, birds: Birds, entry: Attachment, upload: dict) -> dict:
    """The whole request: text, file and name of the file in the message, the safe way beside it."""
    opened = epochs.open_case(page.team.signed.newest, page.keys, arrival="browser")
    message = writing.write_message(opened.epoch, page.turn(), birds.story, [entry])
    safe = Contact(address=birds.contact, answer_language="en", channel="phone")
    contact = writing.write_entity(opened.epoch, page.turn((message.id,)), records.CONTACT, safe.data())
    return page.request() | {
        "card": legal_aid.card_json(opened),
        "records": [legal_aid.record_json(message), legal_aid.record_json(contact)],
        "uploads": [upload],
    }


def test_nothing_is_seen_of_a_sealed_request_nor_after_kill_9_in_its_middle(site):
    birds = Birds()
    page = page_of(site, birds)
    visit = {"X-Visit": page.visit}
    parts, manifest, entry = sealed_here(birds)
    before = cases(site)
    begun = page.post("uploads/", {"sealed": manifest["sealed"], "parts": len(parts)}, **visit)
    upload = begun.json()["upload"]
    lying = large_files(site)
    connection = broken_off(site, page, f"{legal_aid.BASE}uploads/{upload}/1/", parts[0])
    wait_for_bytes(site, lying)
    assert seen(site, birds) == []
    site.kill()
    connection.close()
    assert seen(site, birds) == []
    assert cases(site) == before
    site.start()
    page.client.port = site.port
    for number, part in enumerate(parts, start=1):
        assert page.put(upload, number, part, **visit).status_code == 201
    sent = page.send(told_and_sealed(page, birds, entry, {"upload": upload, **manifest}))
    assert sent.status_code == 201, sent.content
    assert commands.manage(site.data, "work", "--once", **site.variables).returncode == 0
    site.kill()
    assert seen(site, birds) == []
    site.start()
    page.client.port = site.port
    found = page.view().messages.records
    assert [record.body.text for record in found if record.kind == "message"] == [birds.story]
    assert seen(site, birds) == []


def broken_off(site: Installation, page: legal_aid.Browser, path: str, part: bytes) -> http.client.HTTPConnection:
    """Most of a part on its way, and then nothing more: the server waits in its middle."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.putrequest("PUT", path, skip_host=True)
    headers = {
        "Host": f"localhost:{site.port}",
        "Content-Type": "application/octet-stream",
        "Content-Length": str(len(part)),
        "X-Part-SHA256": hashlib.sha256(part).hexdigest(),
        "X-Visit": page.visit,
        "User-Agent": page.client.birds.agent,
        "X-Forwarded-For": page.client.birds.address,
        **page.client.headers,
    }
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(part[: len(part) * 8 // 10])
    return connection


def bird_of(words: list[str]) -> str:
    return " ".join(words)


def large_files(site: Installation) -> set[Path]:
    """Sealed files in the storage that have grown beyond a megabyte."""
    found = (path for path in (site.data / "files").rglob("*") if path.is_file())
    return {path for path in found if path.stat().st_size > 1_000_000}


def wait_for_bytes(site: Installation, lying: set[Path]) -> None:
    """Until a sealed part beside those `lying` there has reached the disk: the server is in the middle of the file."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if large_files(site) - lying:
            return
        time.sleep(0.05)  # looks at the disk, which tells nobody that it changed
    raise AssertionError("no sealed byte arrived")
