"""A disk that is full to its last byte under the database: neither engine answers then, whoever comes is told so, and
with room again all is there, and what is to be erased goes.
"""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from tests.factories import legal_aid
from tests.faults.small_disk import MAY_MOUNT, SmallDisk
from tests.faults.wire import Wire, walker
from tests.legal_aid.installation import Installation
from tests.servers.postgres import PostgresServer

FORM = "/en/aid/request/plain/"


@pytest.fixture
def disk(request):
    with closing(SmallDisk(request.param)) as disk:
        yield disk


@pytest.fixture
def server(disk):
    with closing(PostgresServer(place=disk.place)) as server:
        yield server


def page(site: Installation) -> legal_aid.Browser:
    return legal_aid.Browser(
        Wire(site.port, patient=False), legal_aid.StoredTeam(None, legal_aid.SignedTeam("one"), {})
    )


def told_without_scripts(site: Installation) -> int:
    """The status of the page that answers a request."""
    visitor = walker(Wire(site.port, patient=False))
    screen = visitor.get(FORM).page
    for typed in ({"story": ["Only words."], "urgency": ["soon"], "go": ["contact"]}, {"go": ["check"]}):
        screen = visitor.post(FORM, screen.form(FORM)["fields"] | typed).page
    return visitor.post(FORM, screen.form(FORM)["fields"] | {"go": ["send"]}).status


def is_whole(defender: legal_aid.Browser) -> bool:
    view = defender.view()
    return view.sound and [one.body.text for one in view.messages.records] == ["They are at my door."]


def erase(defender: legal_aid.Browser):
    return defender.post("erase/", {"case": defender.case}, **defender.receipt)


def use_up_the_log(server: PostgresServer) -> None:
    """Begin segments of the log until there is no room for one, which ends the server."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        for _ in range(20):
            connection.execute("SELECT pg_logical_emit_message(false, 'x', 'x'), pg_switch_wal()")


def everybody_is_told(site: Installation, kept: legal_aid.Browser) -> None:
    """Whoever reads, sends by either path, or erases gets a page that says what is safe and what to do."""
    front, back = Wire(site.port, patient=False), page(site)
    back.client.headers = kept.client.headers
    asked = [
        lambda: front.get("/en/aid/"),
        lambda: front.get(FORM),
        kept.fetch,
        lambda: back.send(back.request()),
        lambda: erase(kept),
    ]
    with ThreadPoolExecutor() as people:
        answers = [answer.result() for answer in [people.submit(ask) for ask in asked]]
    assert [answer.status_code for answer in answers] == [503] * len(asked)
    assert all("What was confirmed to you is kept" in answer.content.decode() for answer in answers)


def afterwards_all_is_as_before(site: Installation, kept: legal_aid.Browser, gone: legal_aid.Browser) -> None:
    assert is_whole(kept)
    assert is_whole(gone)
    page(site).open_case()
    assert told_without_scripts(site) == 200
    assert erase(gone).status_code == 204
    assert gone.fetch().status_code == 404
    assert is_whole(kept)
    assert site.script("from legal_aid.models import Case; print(Case.objects.count())") == "3"


if MAY_MOUNT:

    @pytest.mark.parametrize("disk", [32], indirect=True)
    def test_sqlite_without_a_byte_to_spare_says_so_and_loses_nothing(disk, valkey_server):
        data = disk.place / "data"
        data.mkdir()
        site = Installation(data, valkey_server.url)
        site.start()
        try:
            kept, gone = page(site), page(site)
            for defender in (kept, gone):
                defender.open_case()
            with closing(sqlite3.connect(data / "platform.sqlite3")) as connection:
                # Else the log has room of its own, for a while.
                assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
            disk.fill()
            everybody_is_told(site, kept)
            disk.make_room()
            afterwards_all_is_as_before(site, kept, gone)
            with closing(sqlite3.connect(data / "platform.sqlite3")) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        finally:
            site.kill()

    @pytest.mark.parametrize("disk", [256], indirect=True)
    def test_postgresql_without_a_byte_to_spare_stays_down_until_there_is_room_and_loses_nothing(
        disk, server, tmp_path, valkey_server
    ):
        data = tmp_path / "data"
        data.mkdir()
        site = Installation(data, valkey_server.url, DATABASE=server.migrated_database())
        site.start()
        try:
            kept, gone = page(site), page(site)
            for defender in (kept, gone):
                defender.open_case()
            disk.fill()
            with pytest.raises(psycopg.OperationalError):
                use_up_the_log(server)
            everybody_is_told(site, kept)
            server.stop()
            disk.make_room()
            server.start()
            afterwards_all_is_as_before(site, kept, gone)
        finally:
            site.kill()
