"""gunicorn as it is shipped: what it writes about its visitors, and that it stops when told to."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from django.conf import settings

from bench.site import children, peak_megabytes
from tests.house.tracked import ROOT
from tests.servers.processes import follow_parent, free_port, stop

CANARY = "canary-7f3a"


@dataclass
class Gunicorn:
    process: subprocess.Popen
    port: int
    log: Path

    def raw(self, octets: bytes) -> bytes:
        """Sends octets as they are and answers what comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(octets)
            return connection.recv(4096)

    def wait(self) -> None:
        """Until it answers. Raises what the last try raised."""
        for _ in range(200):
            try:
                requests.get(f"http://localhost:{self.port}/health/live", timeout=30)
            except requests.ConnectionError:
                time.sleep(0.1)  # a probe of readiness, no synchronisation of a test
            else:
                return
        raise RuntimeError(self.log.read_text())

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@pytest.fixture(scope="module")
def gunicorn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gunicorn]:
    folder = tmp_path_factory.mktemp("gunicorn")
    port = free_port()
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("HRD_")}
    surroundings |= {"HRD_DATA": str(folder / "data"), "HRD_LOG": str(folder / "log"), "WEB_CONCURRENCY": "1"}
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*command, "hrdplatform.wsgi:application"],
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=follow_parent(signal.SIGTERM),  # noqa: PLW1509  # one system call, no lock taken
    )
    running = Gunicorn(process, port, folder / "log")
    running.wait()
    yield running
    stop(process)


def test_no_line_names_a_visitor_or_what_was_asked(gunicorn: Gunicorn):
    address = f"http://localhost:{gunicorn.port}"
    requests.get(f"{address}/health/live?{CANARY}", headers={"User-Agent": CANARY}, timeout=30)
    requests.get(f"{address}/{CANARY}", headers={"Host": "evil.example"}, timeout=30)
    gunicorn.raw(f"GET /{CANARY} HTTP/1.1\r\nHost: a\r\nHost {CANARY}\r\n\r\n".encode())
    gunicorn.raw(f"{CANARY}\r\n\r\n".encode())
    # Without migrations the first page that asks the database fails, and says so once.
    failed = requests.get(f"{address}/fr/{CANARY}/", timeout=30)
    assert failed.status_code == 503
    text = gunicorn.log.read_text()
    assert CANARY not in text
    assert "127.0.0.1" not in text.replace("http://127.0.0.1", "")
    assert [line["class"] for line in gunicorn.lines() if line["logger"] == "hrdplatform.incident"] == [
        "OperationalError"
    ]


def test_every_line_is_one_object(gunicorn: Gunicorn):
    assert all({"at", "level", "logger"} <= line.keys() for line in gunicorn.lines())


KEY = "k" * 32
"""A form's key; who sends the same in the cookie gets past Django's check."""
GENEROUS = 16_000_000
FLAT = 8
"""Megabytes by which a process may grow while it refuses; it lets go of what it is sent piece by piece."""


def form(size: int) -> tuple[str, bytes, dict[str, str]]:
    """A form of `size` octets whose key is right."""
    begun = f"csrfmiddlewaretoken={KEY}&next=".encode()
    return "/language/", begun.ljust(size, b"x"), {"Content-Type": "application/x-www-form-urlencoded"}


def sealed(size: int) -> tuple[str, bytes, dict[str, str]]:
    """JSON of `size` octets for the sealed door, from a visit whose key is right."""
    return (
        "/en/aid/sealed/cases/",
        b"[".ljust(size - 1) + b"]",
        {"Content-Type": "application/json", "X-CSRFToken": KEY, "X-Visit": "0" * 64},
    )


def posted(gunicorn: Gunicorn, path: str, body: bytes, headers: dict[str, str]) -> int:
    return requests.post(
        f"http://localhost:{gunicorn.port}{path}",
        body,
        headers={**headers, "Cookie": f"{settings.CSRF_COOKIE_NAME}={KEY}"},
        timeout=60,
        allow_redirects=False,
    ).status_code


@pytest.mark.parametrize("kind", [form, sealed])
def test_what_is_far_too_large_is_refused_and_the_process_does_not_grow(gunicorn: Gunicorn, kind: Callable):
    workers = children(gunicorn.process)
    assert posted(gunicorn, *kind(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)) == 413
    before = peak_megabytes(workers)
    assert posted(gunicorn, *kind(GENEROUS)) == 413
    assert peak_megabytes(workers) - before < FLAT


@pytest.mark.parametrize(("kind", "taken"), [(form, 302), (sealed, 400)])
def test_a_body_at_the_limit_is_read_and_one_octet_more_is_too_large(gunicorn: Gunicorn, kind: Callable, taken: int):
    """What is read of JSON without a request in it is malformed."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert posted(gunicorn, *kind(limit)) == taken
    assert posted(gunicorn, *kind(limit + 1)) == 413


def test_it_stops_when_told_to(gunicorn: Gunicorn):
    gunicorn.process.send_signal(signal.SIGTERM)
    assert gunicorn.process.wait(30) == 0
