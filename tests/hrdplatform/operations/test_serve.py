"""The embedded platform from start to stop, as a person at the terminal sees it."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from hrdplatform.conf import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Terminal:
    """`manage.py serve` in a process of its own, and what it says."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HRD_")}
        environment |= {"HRD_DATA": str(data), "HRD_PORT": str(self.port), "HRD_STATICS": str(data / "collected")}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_for(self, words: str) -> None:
        """Reads until a line has these words; fails with all that was said if they never come."""
        said = []
        for line in self.process.stdout:
            said.append(line)
            if words in line:
                return
        pytest.fail("".join(said))

    def children(self) -> dict[str, int]:
        pid = self.process.pid
        found = {}
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            command = Path(f"/proc/{child}/cmdline").read_text()
            found["worker" if command.endswith("work\0") else "web server"] = int(child)
        return found

    def ask(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
            return answer.status


@pytest.fixture
def terminal(tmp_path):
    started = Terminal(tmp_path)
    yield started
    if started.process.poll() is None:
        started.process.terminate()
    started.process.communicate()


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_it_gets_ready_brings_a_dead_worker_back_and_leaves_nothing_behind(terminal):
    terminal.wait_for("Ready.")
    terminal.wait_for(f"http://aid.localhost:{terminal.port}/desk/")
    terminal.wait_for("manage.py first_administrator")
    assert terminal.ask("/health/ready") == 200
    before = terminal.children()

    os.kill(before["worker"], signal.SIGKILL)
    terminal.wait_for("The worker ended with -9")
    terminal.wait_for("The worker runs again")
    after = terminal.children()
    assert after["worker"] != before["worker"]
    assert after["web server"] == before["web server"]

    terminal.process.send_signal(signal.SIGINT)
    terminal.wait_for("Stopped.")
    assert terminal.process.wait() == 0
    assert all(is_gone(pid) for pid in after.values())
