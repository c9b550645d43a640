"""A platform to measure: PostgreSQL, a team that takes requests, and gunicorn as in production, all on loopback.

Nothing of Django is imported before the environment is set: `prepare` must run first in a process.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.servers.postgres import PostgresServer
from tests.servers.processes import free_port

ROOT = Path(__file__).resolve().parent.parent
WEB_WORKERS = "2"


@contextlib.contextmanager
def database(*, durable: bool = False) -> Iterator[str]:
    """The address of an empty PostgreSQL server of the measurement's own; `durable` as in production, each commit on
    the disk before it is answered.
    """
    server = PostgresServer(durable=durable)
    try:
        yield server.url
    finally:
        server.close()


@contextlib.contextmanager
def platform(url: str) -> Iterator[None]:
    """This process's Django on the database `url`, migrated."""
    with tempfile.TemporaryDirectory(prefix="hrd-bench-") as folder:
        os.environ.update(HRD_DATA=folder, HRD_DATABASE=url, DJANGO_SETTINGS_MODULE="hrdplatform.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        yield


@contextlib.contextmanager
def server(application: str, path: str, **environment: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Gunicorn with an application, two processes of eight threads, once `path` answers. Gives port and parent."""
    port = free_port()
    words = ["--bind", f"127.0.0.1:{port}", "--workers", WEB_WORKERS, "--worker-class", "gthread", "--threads", "8"]
    command = [sys.executable, "-m", "gunicorn", *words, "--log-level", "error", "--timeout", "120", application]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        until_ready(f"http://127.0.0.1:{port}{path}")
        yield port, process
    finally:
        process.terminate()
        process.wait(60)


def until_ready(address: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer within {seconds} s")


def children(process: subprocess.Popen[bytes]) -> list[int]:
    """The web processes below gunicorn's parent."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(word) for word in listed.split()]


def peak_megabytes(processes: list[int]) -> float:
    """Peak memory (VmHWM) summed over processes, read from outside."""
    total = 0
    for pid in processes:
        status = Path(f"/proc/{pid}/status").read_text()
        total += int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
    return total / 1000


def processor_seconds(process: subprocess.Popen[bytes]) -> float:
    """What the web processes below gunicorn's parent have used of a processor, for themselves and the kernel's work."""
    ticks = 0
    for pid in children(process):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
