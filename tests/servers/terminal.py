"""The platform as somebody starts it at a terminal: in the foreground, saying what it does, until Ctrl-C."""

import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import pytest

from hrdplatform.conf import ROOT


class Terminal:
    """`command` in a process of its own, which answers at `port`; `variables` are settings without their `HRD_`."""

    def __init__(self, command: Sequence[str], port: int, **variables: str) -> None:
        self.port = port
        self.said: list[str] = []
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("HRD_", "DJANGO"))}
        environment |= {f"HRD_{name}": value for name, value in variables.items()}
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def wait_for(self, words: str) -> None:
        """Reads until a line has these words; fails with all that was said if they never come."""
        for line in self.process.stdout:
            self.said.append(line)
            if words in line:
                return
        pytest.fail("".join(self.said))

    def children(self) -> dict[str, int]:
        pid = self.process.pid
        found, deadline = {}, time.monotonic() + 10
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            # A program that begins this moment has no words yet; one that has ended has none any more.
            while not (command := Path(f"/proc/{child}/cmdline").read_text()) and time.monotonic() < deadline:
                time.sleep(0.01)  # a probe of readiness, no synchronisation of a test
            found["worker" if command.endswith("work\0") else "web server"] = int(child)
        return found

    def ask(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
            return answer.status

    def press_ctrl_c(self) -> None:
        """Until it says that it stopped, ends without a fault, and has left no process behind."""
        children = self.children()
        assert set(children) == {"web server", "worker"}
        self.process.send_signal(signal.SIGINT)
        self.wait_for("Stopped.")
        assert self.process.wait() == 0
        assert not [name for name, pid in children.items() if Path(f"/proc/{pid}").exists()]

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate()
