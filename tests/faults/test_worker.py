"""The worker under what goes wrong: killed, doubled, without broker, without mail server."""

import json
import signal
import subprocess
import sys
from collections import Counter

import pytest

from hrdplatform.conf import ROOT
from tests.faults.rounds import ROUNDS, enough
from tests.servers.commands import script, surroundings
from tests.servers.valkey import ValkeyServer

WORK = (sys.executable, "manage.py", "work")
CELERY = (sys.executable, "-m", "celery", "-A", "hrdplatform.worker", "worker", "--beat", "--pool=solo")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request) -> dict[str, str]:
    if request.param == "sqlite":
        return {}
    return {"DATABASE": request.getfixturevalue("postgres_server").fresh_database()}


def test_a_worker_killed_again_and_again_loses_nothing_and_does_each_thing_once(tmp_path, mail_sink, database):
    environment = surroundings(tmp_path, EMAIL=mail_sink.url, **database)
    environment["DJANGO_SETTINGS_MODULE"] = "hrdplatform.settings"
    command = [sys.executable, "-m", "tests.faults.killed_worker", str(ROUNDS), "7"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert enough(report["hits"]), "the kills came too late to prove anything"
    assert (report["unsent"], report["unlinked"], report["broken"]) == (0, 0, "None")
    assert report["linked"] == report["written"]
    copies = Counter(letter["Message-ID"] for letter in mail_sink.letters)
    people = {letter["To"] for letter in mail_sink.letters}
    assert len(copies) == len(people) == report["written"]
    # A mail that left just before the kill leaves again under the same id, which its readers' programs know.
    assert sum(copies.values()) - len(copies) <= ROUNDS
    assert in_order(mail_sink.letters)


def in_order(letters) -> bool:
    """Whether the first copies of each thread came in the order in which they were written."""
    seen: dict[str, list[int]] = {}
    for letter in letters:
        thread, place = letter["To"].split("@")[0].split("-")
        places = seen.setdefault(thread, [])
        if int(place) not in places:
            places.append(int(place))
    return all(places == sorted(places) for places in seen.values())


WRITE = """
from django.core.management import call_command
for label in ("audit", "notices"):
    call_command("migrate", label, verbosity=0)
from hrdplatform import notices
for number in range({count}):
    context = {{"name": "A", "organisation": "B"}}
    notices.queue(notices.Kind.ROLE_CHANGED, to=f"{{number}}@example.org", language="en", context=context)
"""

COUNT = """
from hrdplatform.notices.models import Notice
print(Notice.objects.filter(state="sent").count())
"""


@pytest.fixture
def start(tmp_path):
    """Starts processes of an installation in `tmp_path`; what still runs at the end is ended."""
    running: list[subprocess.Popen] = []

    def start(*words: str, **variables: str) -> subprocess.Popen:
        with (tmp_path / "words").open("ab") as log:
            environment = surroundings(tmp_path, **variables)
            running.append(subprocess.Popen(words, env=environment, cwd=ROOT, stdout=log, stderr=log))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def stop(process: subprocess.Popen) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(60)


def test_two_embedded_workers_send_each_mail_once_and_stop_when_they_are_asked(tmp_path, mail_sink, start):
    script(tmp_path, WRITE.format(count=60), EMAIL=mail_sink.url)
    workers = [start(*WORK, EMAIL=mail_sink.url) for _ in range(2)]
    assert mail_sink.wait_for(60)
    # One may still have been starting up, before it could hear that it is asked.
    assert {stop(worker) for worker in workers} <= {0, -signal.SIGTERM}
    assert script(tmp_path, COUNT) == "60"
    assert len(mail_sink.letters) == len({letter["To"] for letter in mail_sink.letters}) == 60


def test_mails_wait_for_a_mail_server_that_is_down(tmp_path, mail_sink, start):
    mail_sink.stop()
    script(tmp_path, WRITE.format(count=3), EMAIL=mail_sink.url)
    worker = start(*WORK, EMAIL=mail_sink.url)
    mail_sink.start()
    assert mail_sink.wait_for(3)
    assert stop(worker) == 0
    assert script(tmp_path, COUNT) == "3"


def test_celery_sends_what_is_due_after_the_broker_forgot_everything(tmp_path, mail_sink, start):
    broker = ValkeyServer()
    variables = {"EMAIL": mail_sink.url, "BROKER": broker.url}
    script(tmp_path, WRITE.format(count=2), **variables)
    broker.command("FLUSHALL")
    celery = start(*CELERY, **variables)
    assert mail_sink.wait_for(2)
    broker.stop()
    script(tmp_path, WRITE.format(count=1), **variables)
    broker.start()
    assert mail_sink.wait_for(3)
    stop(celery)
    broker.close()
