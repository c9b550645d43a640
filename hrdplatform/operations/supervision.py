"""The embedded platform's parent process: starts the web server and the worker, and restarts either when it dies."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Self

from hrdplatform.conf import ROOT

Say = Callable[[str], None]
STEADY = 30.0  # seconds alive after which a later death counts as the first again
PATIENCE = 20.0  # seconds that a process may take to stop


def loopback_addresses(port: int) -> list[str]:
    """The loopback addresses of this machine, for both families where both exist; never another interface."""
    found = [f"127.0.0.1:{port}"]
    if socket.has_ipv6:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            try:
                probe.bind(("::1", 0))
            except OSError:
                return found
        found.append(f"[::1]:{port}")
    return found


@dataclass
class Child:
    """One process that must run: its command, and how often it died in a row."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    due: float = 0.0

    def start(self) -> None:
        # A group of its own: Ctrl-C reaches the parent only, which then stops the children in order.
        self.process = subprocess.Popen(list(self.command), cwd=ROOT, start_new_session=True)
        self.started = time.monotonic()

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Supervisor:
    """Keeps the children alive until it is told to stop. A dead child comes back after 1, 2, 4 … 30 seconds."""

    children: list[Child]
    say: Say
    stopping: bool = False
    previous: dict[int, object] = field(default_factory=dict)

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self.previous[number] = signal.signal(number, self.ask_to_stop)
        for child in self.children:
            child.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.say("Stopping …")
        for child in self.children:
            child.stop()
        for number, handler in self.previous.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what signal() itself gave back
        self.say("Stopped.")

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def watch(self) -> None:
        """Looks after the children until somebody asks to stop."""
        while not self.stopping:
            for child in self.children:
                self.look_after(child)
            time.sleep(0.2)

    def look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is not None:
            code = child.process.poll()
            if code is None:
                return
            child.deaths = 1 if now - child.started > STEADY else child.deaths + 1
            wait = min(30, 2 ** (child.deaths - 1))
            self.say(f"The {child.name} ended with {code}; it starts again in {wait} s.")
            child.process, child.due = None, now + wait
        elif now >= child.due:
            child.start()
            self.say(f"The {child.name} runs again.")

    def wait_until_ready(self, url: str, seconds: float) -> bool:
        """Whether everything that the address reports was well in time, the worker's sign of life included."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.stopping:
            # Not answering yet is what is waited for.
            with suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  # our own address
                if set(json.load(answer)["checks"].values()) == {"ok"}:
                    return True
            for child in self.children:
                self.look_after(child)
            time.sleep(0.2)
        return False


def web_server(port: int) -> Child:
    """Gunicorn on the loopback addresses of this machine."""
    binds = [word for address in loopback_addresses(port) for word in ("--bind", address)]
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", *binds]
    return Child("web server", [*command, "hrdplatform.wsgi:application"])


def worker() -> Child:
    """The embedded worker."""
    return Child("worker", [sys.executable, "manage.py", "work"])
