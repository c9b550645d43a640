"""The embedded platform from start to stop, as a person at the terminal sees it."""

import os
import signal
import sys

import pytest

from tests.servers.processes import free_port
from tests.servers.terminal import Terminal

SERVE = (sys.executable, "manage.py", "serve")


@pytest.fixture
def terminal(tmp_path):
    port = free_port()
    started = Terminal(SERVE, port, DATA=str(tmp_path), PORT=str(port), STATICS=str(tmp_path / "collected"))
    yield started
    started.close()


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
    terminal.press_ctrl_c()
