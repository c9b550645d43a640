"""No word of a request lies anywhere on the server: not during an upload, not after it, not after kill -9 in its
middle.

Every search first proves itself: a second, clear bird is planted in each place in every spelling and must be found
there.
"""

import json
import sqlite3
import time
from contextlib import closing

import pytest
import redis

from tests.legal_aid import canary
from tests.legal_aid.installation import Installation, Walker, bird
from tests.legal_aid.plain_visitor import Page

PLACES = ("database", "files", "tmp", "logs", "mail")
FORM = "/en/aid/request/plain/"


@pytest.fixture(scope="module")
def site(tmp_path_factory, valkey_server):
    site = Installation(tmp_path_factory.mktemp("installation"), valkey_server.url)
    site.start()
    yield site
    site.kill()


class Birds:
    """The words of one visitor, each of which may stand nowhere."""

    def __init__(self) -> None:
        self.story, self.contact, self.content = bird("story"), bird("contact"), bird("content")
        self.name = bird("name").replace(" ", "_") + ".mp4"
        self.agent, self.address = f"Agent-{bird('agent')}".encode("ascii", "ignore").decode(), "203.0.113.77"
        self.file = b"\x00\x00\x00\x18ftypmp42" + (self.content.encode() + b"\n") * 90_000

    def all(self) -> list[str]:
        return [self.story, self.contact, self.content, self.name, self.agent, self.address]


def content_of(site: Installation, place: str) -> bytes:
    """Everything that lies in a place, as bytes; the database also as a dump."""
    if place == "cache":
        cache = redis.Redis.from_url(site.variables["CACHE"])
        return b"\n".join(key + b"=" + (cache.dump(key) or b"") + _value(cache, key) for key in cache.scan_iter())
    if place == "database":
        raw = b"".join(path.read_bytes() for path in sorted(site.data.glob("platform.sqlite3*")))
        with database(site) as connection:
            return raw + "\n".join(connection.iterdump()).encode()
    files = [path for path in (site.data / place).rglob("*") if path.is_file()]
    return b"\n".join(str(path).encode() + b"\n" + path.read_bytes() for path in files)


def database(site: Installation) -> closing[sqlite3.Connection]:
    """A connection that is closed before the files are read: closing a file of SQLite drops this process's locks."""
    return closing(sqlite3.connect(site.data / "platform.sqlite3", timeout=20))


def _value(cache: redis.Redis, key: bytes) -> bytes:
    return cache.get(key) or b"" if cache.type(key) == b"string" else b""


def plant(site: Installation, place: str, text: str) -> None:
    """Put a clear bird into a place, in every spelling and compressed."""
    everything = b"\n".join([*canary.spellings(text).values(), canary.packed(text)])
    if place == "cache":
        redis.Redis.from_url(site.variables["CACHE"]).set("planted", everything)
    elif place == "database":
        with database(site) as connection, connection:
            connection.execute("CREATE TABLE IF NOT EXISTS planted (words BLOB)")
            connection.execute("INSERT INTO planted VALUES (?)", [everything])
    else:
        folder = site.data / place
        folder.mkdir(exist_ok=True)
        (folder / "planted").write_bytes(everything)


def seen(site: Installation, birds: Birds) -> list[str]:
    """Where any word of the visitor stands."""
    found = []
    for place in (*PLACES, "cache"):
        content = content_of(site, place)
        found += [f"{place}: {sighting}" for text in birds.all() for sighting in canary.sightings(text, content)]
    return found


@pytest.mark.parametrize("place", [*PLACES, "cache"])
def test_a_planted_bird_is_found_in_every_spelling(site, place):
    planted = bird("planted")
    plant(site, place, planted)
    found = set(canary.sightings(planted, content_of(site, place)))
    assert {*canary.spellings(planted), "gzip, utf-8"} <= found


def first_screen(walker: Walker) -> Page:
    return walker.get(FORM).page


def told(page: Page, birds: Birds) -> dict[str, list[str]]:
    return page.form(FORM)["fields"] | {"story": [birds.story], "go": ["contact"]}


def with_file(birds: Birds) -> tuple:
    return ((birds.name, birds.file, "video/mp4"),)


def cases(site: Installation) -> int:
    with database(site) as connection:
        return connection.execute("SELECT count(*) FROM legal_aid_case").fetchone()[0]


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
    with database(site) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_nothing_is_seen_after_a_whole_journey(site):
    birds = Birds()
    walker = Walker(site, birds.agent, birds.address)
    page = walker.post(FORM, told(first_screen(walker), birds), with_file(birds)).page
    page = walker.post(FORM, page.form(FORM)["fields"] | {"address": [birds.contact], "go": ["check"]}).page
    page = walker.post(FORM, page.form(FORM)["fields"] | {"go": ["send"]}).page
    assert len(page.words) == 8
    assert seen(site, birds) == []
    receipt = bird_of(page.words)
    assert not [place for place in (*PLACES, "cache") if canary.sightings(receipt, content_of(site, place))]
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
    with database(site) as connection, connection:
        text = connection.execute("SELECT text FROM legal_aid_signedlist").fetchone()[0]
        connection.execute("UPDATE legal_aid_signedlist SET text = 'spoiled'")
    answer = walker.post(FORM, told(page, birds))
    with database(site) as connection, connection:
        connection.execute("UPDATE legal_aid_signedlist SET text = ?", [text])
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
