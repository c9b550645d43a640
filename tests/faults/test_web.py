"""The web server under what goes wrong, before a ledger of what was acknowledged: killed, without database, without
broker."""

import http.client
import os
import random
import select
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from tests.factories import legal_aid
from tests.faults.defender import PART
from tests.faults.ledger import PLAIN, Ledger, left_in, opens, opens_without_scripts
from tests.faults.program import SEED, Program, worker_of
from tests.faults.rounds import ROUNDS, enough
from tests.faults.wire import Wire
from tests.legal_aid.installation import Installation
from tests.servers.postgres import PostgresServer
from tests.servers.valkey import ValkeyServer


def kill_again_and_again(site: Installation, ledger: Path) -> Counter[str]:
    """Kill the web's worker at seeded random moments; how many kills hit an open request, and of which kind."""
    chance, hits = random.Random(SEED), Counter()
    with closing(Program(site, ledger, desk=True)) as program:
        for _ in range(ROUNDS):
            assert program.follow(120, answers=2), f"no answer came any more to what is to be {program.kind}"
            program.follow(chance.uniform(0.0, 0.5))
            worker = worker_of(site)
            assert worker
            hits[program.kind] += program.waiting
            os.kill(worker, signal.SIGKILL)
        assert program.follow(120, answers=5)
        program.finish()
    return +hits


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request, tmp_path, valkey_server):
    server = request.getfixturevalue("postgres_server") if request.param == "postgresql" else None
    site = Installation(tmp_path, valkey_server.url, **({"DATABASE": server.migrated_database()} if server else {}))
    site.start()
    yield site
    site.kill()


def test_a_web_worker_killed_again_and_again_loses_nothing_that_it_acknowledged(site, tmp_path):
    hits = kill_again_and_again(site, tmp_path / "ledger")  # beside the data, not of it
    assert enough(hits), "the kills came too late to prove anything"
    ledger = Ledger.read(tmp_path / "ledger")
    assert len(ledger.lines) >= ROUNDS / 2
    assert [name for name, case in ledger.cases.items() if not opens(site, name, case)] == []
    assert [line for line in ledger.plain if not opens_without_scripts(site, line)] == []
    left = left_in(site)
    standing = {name: case.whole for name, case in ledger.cases.items() if not case.erased}
    assert {name: found for name, found in left["cases"].items() if name in standing} == standing
    assert [found for name, found in left["cases"].items() if name not in standing] == [PLAIN] * len(ledger.plain)
    assert left["stones"] == len(ledger.cases) - len(standing)
    assert left["blobs"] == left["named"]
    assert left["waiting"] == 0


def test_an_upload_in_flight_is_finished_when_the_server_is_told_to_stop(tmp_path, valkey_server):
    site = Installation(tmp_path, valkey_server.url)
    site.start()
    wire = Wire(site.port, patient=False)
    page = legal_aid.Browser(wire, None)
    (part,), manifest = legal_aid.sealed_file(PART)
    begun = page.post("uploads/", {"sealed": manifest["sealed"], "parts": 1}, **{"X-Visit": page.visit})
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)) as connection:
        connection.putrequest("PUT", f"/en/aid/sealed/uploads/{begun.json()['upload']}/1/", skip_host=True)
        digest = {"Host": f"localhost:{site.port}", "X-Part-SHA256": sha256(part).hexdigest(), "X-Visit": page.visit}
        for name, value in {**wire.headers, **digest, "Content-Length": str(len(part))}.items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(part[: PART // 2])
        site.server.send_signal(signal.SIGTERM)
        for start in range(PART // 2, PART, PART // 64):
            # An answer now would be a refusal; else two seconds pass in which the server could give up.
            assert not select.select([connection.sock], [], [], 0.06)[0]
            connection.send(part[start : start + PART // 64])
        assert connection.getresponse().status == 201
    assert site.server.wait(90) == 0
    assert [path.read_bytes() for path in (site.data / "files" / "sealed").rglob("*") if path.is_file()] == [part]


def test_without_its_database_the_platform_says_so_and_afterwards_works_as_before(tmp_path, valkey_server):
    server = PostgresServer()
    site = Installation(tmp_path, valkey_server.url, DATABASE=server.migrated_database())
    site.start()
    wire = Wire(site.port, patient=False)
    try:
        assert wire.get("/en/aid/").status_code == 200
        server.stop()
        with ThreadPoolExecutor() as people:  # each waits for the database as long as its pool is patient
            refused = list(people.map(lambda _: wire.get("/en/aid/"), range(3)))
        assert [answer.status_code for answer in refused] == [503] * 3
        assert all("The platform takes a short break" in answer.content.decode() for answer in refused)
        assert wire.get("/health/live").status_code == 200
        assert wire.get("/health/ready").status_code == 503
        server.start()
        with ThreadPoolExecutor(16) as people:
            answers = list(people.map(lambda _: wire.get("/en/aid/").status_code, range(64)))
        assert answers == [200] * 64
    finally:
        site.kill()
        server.close()


def test_a_case_is_taken_while_broker_and_cache_are_down_and_after_they_forgot_everything(tmp_path):
    broker = ValkeyServer()
    site = Installation(tmp_path, broker.url, BROKER=broker.url)
    site.start()
    team = legal_aid.StoredTeam(None, legal_aid.SignedTeam("one"), {})

    def take() -> int:
        page = legal_aid.Browser(Wire(site.port, patient=False), team)
        return page.send(page.request(urgency="now")).status_code

    try:
        assert take() == 201
        broker.stop()
        assert [take(), take()] == [201, 201]
        broker.start()
        broker.command("FLUSHALL")
        assert take() == 201
        assert site.script("from legal_aid.models import Case; print(Case.objects.count())") == "4"
    finally:
        site.kill()
        broker.close()
