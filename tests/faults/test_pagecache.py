"""Kept pages in a real installation: two web processes and a worker, and a shared cache that fails."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.http import HttpResponse  # noqa: TID251  # what a view would answer
from django.test import RequestFactory, override_settings

from hrdplatform.web import generations, pagecache
from hrdplatform.web.doors import Door
from hrdplatform.web.pagecache import PageCacheMiddleware, kept
from tests.house.tracked import ROOT
from tests.servers.commands import manage, script, surroundings
from tests.servers.processes import follow_parent, free_port, stop
from tests.servers.valkey import ValkeyServer

ADDRESS = "/en/"

IN_SILENCE = """
from cms.models import HomePage
print(HomePage.objects.filter(locale__language_code="en").update(hero="Written behind its back"))
"""

APPROVE = """
from datetime import timedelta
from cms.models import HomePage
from hrdplatform.web import clock
page = HomePage.objects.get(locale__language_code="en")
page.hero = "Published by the worker"
page.save_revision(approved_go_live_at=clock.now() - timedelta(seconds=1))
print("approved")
"""


@dataclass
class House:
    """gunicorn with two web processes in an installation of its own."""

    data: Path
    port: int
    process: subprocess.Popen
    cache: str

    def workers(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(word) for word in listed.split()]

    def owner(self, client_port: int) -> int:
        """The web process at the other end of a connection."""
        ends = (f"0100007F:{self.port:04X}", f"0100007F:{client_port:04X}")
        rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
        socket = f"socket:[{next(row[9] for row in rows if (row[1], row[2]) == ends)}]"
        return next(pid for pid in self.workers() if socket in held(pid))

    def asked(self) -> tuple[int, str]:
        """Who answered, and with what."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", ADDRESS, headers={"Host": "localhost"})
        answer = connection.getresponse()
        body = answer.read().decode()
        assert answer.status == 200, body
        assert answer.getheader("Cache-Control", "").startswith("public")
        who = self.owner(connection.sock.getsockname()[1])
        connection.close()
        return who, body

    def everybody(self) -> list[str]:
        """What each web process answers."""
        answers: dict[int, str] = {}
        for _ in range(2000):
            answers.update([self.asked()])
            if len(answers) == 2:
                return list(answers.values())
        raise AssertionError("one web process never answered")


def held(pid: int) -> set[str]:
    """The sockets that a process holds."""
    names = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            names.add(str(link.readlink()))
        except FileNotFoundError:  # closed meanwhile
            continue
    return names


@pytest.fixture(params=["own", "shared"])
def house(request, tmp_path) -> Iterator[House]:
    cache = "" if request.param == "own" else request.getfixturevalue("valkey_server").url
    assert manage(tmp_path, "migrate", "--verbosity=0", CACHE=cache).returncode == 0
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*command, "--workers", "2", "hrdplatform.wsgi:application"],
        cwd=ROOT,
        env=surroundings(tmp_path, CACHE=cache, LOG=str(tmp_path / "log")),
        preexec_fn=follow_parent(signal.SIGTERM),  # noqa: PLW1509  # one system call, no lock taken
    )
    running = House(tmp_path, port, process, cache)
    until_it_answers(running)
    yield running
    stop(process)


def until_it_answers(house: House) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            house.asked()
        except OSError:
            os.sched_yield()
        else:
            return
    raise RuntimeError((house.data / "log").read_text())


def test_what_the_worker_publishes_is_seen_in_every_web_process(house: House):
    first = house.everybody()
    assert script(house.data, IN_SILENCE, CACHE=house.cache) == "1"
    assert house.everybody() == first, "this page is not kept at all"
    assert script(house.data, APPROVE, CACHE=house.cache) == "approved"
    assert house.everybody() == first
    assert manage(house.data, "work", "--once", CACHE=house.cache).returncode == 0
    done, seen = time.monotonic(), []
    while time.monotonic() < done + 30:
        seen = ["Published by the worker" in body for body in house.everybody()]
        if all(seen):
            break
    assert seen == [True, True]


@pytest.fixture
def valkey() -> Iterator[ValkeyServer]:
    server = ValkeyServer()
    caches = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": server.url}}
    with override_settings(CACHES=caches):
        yield server
    server.close()


class Counted:
    """A page that counts how often it is made."""

    def __init__(self) -> None:
        self.made = 0
        self.middleware = PageCacheMiddleware(kept("cms")(self.view))

    def view(self, _request):
        self.made += 1
        return HttpResponse(str(self.made))

    def get(self) -> bytes:
        request = RequestFactory().get("/fr/page/", headers={"host": "localhost"})
        request.door = Door.PUBLIC
        return self.middleware(request).content


@pytest.mark.django_db
def test_a_shared_cache_that_is_down_costs_no_page(valkey):
    page = Counted()
    assert page.get() == page.get() == b"1"
    valkey.stop()
    assert page.get() == b"1"
    generations.bump("cms")
    assert page.get() == b"2"
    valkey.start()
    generations.bump("cms")
    assert page.get() == page.get() == b"3"


@pytest.mark.django_db
def test_the_turn_of_a_dead_process_ends_when_the_old_copy_may_no_longer_be_given(valkey):
    page = Counted()
    assert page.get() == b"1"
    key = next(iter(pagecache.shelf.copies))
    assert pagecache.begins(key)  # and never ends
    assert not pagecache.begins(key)
    generations.bump("cms")
    assert page.get() == b"1", "somebody else has the turn"
    page.middleware.grace = 0
    assert page.get() == b"2"
