"""The web server under what goes wrong, before a ledger of what was acknowledged: killed, without database, without
broker."""

import http.client
import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from hrdplatform.conf import ROOT
from hrdplatform.sealing import cases
from hrdplatform.sealing.stored import Defender
from tests.factories import legal_aid
from tests.faults.defender import PART, Wire
from tests.legal_aid.installation import Installation
from tests.servers import commands
from tests.servers.postgres import PostgresServer
from tests.servers.valkey import ValkeyServer

ROUNDS = int(os.environ.get("HRD_TEST_ROUNDS", "20"))
"""Kills in one run; a long one takes a hundred."""
SEED = 11

LEFT = """
import json
from datetime import timedelta
from hashlib import sha256
from django.core.files.storage import default_storage
from hrdplatform.operations.backups import stored
from hrdplatform.web import clock
from legal_aid.domain import blobs, uploads
from legal_aid.models import Card, Case, KeyWrap, Record, Upload, UploadPart
later = clock.now() + timedelta(hours=30)
while uploads.remove_expired(at=later):
    pass
blobs.remove_due(at=later)
def whole(case):
    parts = list(UploadPart.objects.filter(upload__case=case))
    return {
        "cards": Card.objects.filter(case=case).count(),
        "wraps": KeyWrap.objects.filter(card__case=case).count(),
        "records": Record.objects.filter(case=case).count(),
        "uploads": Upload.objects.filter(case=case).exclude(digest="").count(),
        "parts": sum(sha256(default_storage.open(part.blob).read()).hexdigest() == part.sha256 for part in parts),
    }
print(json.dumps({
    "cases": {case.pk: whole(case) for case in Case.objects.all()},
    "blobs": sorted(name for name in stored("sealed")),
    "named": sorted(UploadPart.objects.values_list("blob", flat=True)),
    "waiting": blobs.BlobDeletion.objects.count(),
}))
"""


class Program:
    """The defender's program, and whether it waits for an answer just now."""

    def __init__(self, site: Installation, ledger: Path) -> None:
        environment = commands.surroundings(site.data, **site.variables)
        environment["DJANGO_SETTINGS_MODULE"] = "hrdplatform.settings"
        self.waiting = False
        self.fault = (site.data / "fault").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.defender", str(site.port), str(ledger), str(SEED)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=self.fault,
        )

    def follow(self, seconds: float, *, answers: int = 1_000_000) -> bool:
        """Read along until so many answers came or the time is over; whether they came."""
        deadline = time.monotonic() + seconds
        while answers > 0 and (left := deadline - time.monotonic()) > 0:
            if select.select([self.process.stdout], [], [], left)[0]:
                said = os.read(self.process.stdout.fileno(), 4096).decode()
                assert said, f"the defender's program ended: {Path(self.fault.name).read_text()}"
                self.waiting = said[-1] == "("
                answers -= said.count(")")
        return answers <= 0

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.fault.close()


def worker_of(site: Installation) -> int | None:
    """The process that gunicorn's master has put to work; none while it makes a new one."""
    children = Path(f"/proc/{site.server.pid}/task/{site.server.pid}/children").read_text().split()
    return int(children[0]) if children else None


def kill_again_and_again(site: Installation, ledger: Path) -> int:
    """Kill the web's worker at seeded random moments; how many kills hit an open request."""
    chance, hits = random.Random(SEED), 0
    with closing(Program(site, ledger)) as program:
        for _ in range(ROUNDS):
            assert program.follow(120, answers=2), "no answer came any more"
            program.follow(chance.uniform(0.0, 0.5))
            worker = worker_of(site)
            assert worker
            hits += program.waiting
            os.kill(worker, signal.SIGKILL)
        assert program.follow(120, answers=5)
    return hits


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request, tmp_path, valkey_server):
    server = request.getfixturevalue("postgres_server") if request.param == "postgresql" else None
    site = Installation(tmp_path, valkey_server.url, **({"DATABASE": server.migrated_database()} if server else {}))
    site.start()
    yield site
    site.kill()


def test_a_web_worker_killed_again_and_again_loses_nothing_that_it_acknowledged(site, tmp_path):
    ledger = tmp_path / "ledger"  # beside the data, not of it
    hits = kill_again_and_again(site, ledger)
    assert hits >= ROUNDS * 0.3, "the kills came too late to prove anything"
    told = [json.loads(line) for line in ledger.read_text().splitlines()]
    assert len(told) >= ROUNDS / 4
    for line in told:
        assert opens(site, line), line["case"]
    left = json.loads(site.script(LEFT))
    names = [line["case"] for line in told]
    assert len(set(names)) == len(names)
    # The last one may have been saved just before the program was ended, without a line of it.
    assert 0 <= len(set(left["cases"]) - set(names)) <= 1
    assert set(names) <= set(left["cases"])
    whole = {"cards": 1, "wraps": len(READERS) + 1, "records": 1, "uploads": 1, "parts": 2}
    assert {case: found for case, found in left["cases"].items() if found != whole} == {}
    assert left["blobs"] == left["named"]
    assert left["waiting"] == 0


READERS = ("m01", "m02", "m03")


def opens(site: Installation, line: dict) -> bool:
    """Whether the case is there for its receipt, verifies, and says what was written; its file by digest."""
    keys = Defender(bytes.fromhex(line["kem"]), bytes.fromhex(line["sig"]))
    page = legal_aid.Browser(Wire(site.port, patient=False), None, token=bytes.fromhex(line["token"]), keys=keys)
    view = cases.verify(legal_aid.stored_case(page.fetch().json()), keys)
    (epoch,) = view.messages.epochs
    texts = [verified.body.text for verified in view.messages.trusted(epoch.number)]
    return view.case == line["case"] and texts == [line["text"]]


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
        for _ in range(3):
            answer = wire.get("/en/aid/")
            assert answer.status_code == 503
            assert "The platform takes a short break" in answer.content.decode()
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
