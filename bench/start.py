"""How long `make.py run` takes on a tree that is set up: the first start, which lays the demo, and a second one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.fresh import Figures
from bench.site import ROOT
from tests.servers.processes import free_port

RUNS = 3
LONGEST = 300.0


def measure() -> Figures:
    first, second = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory(prefix="hrd-bench-") as folder:
            first.append(started(Path(folder)))
            second.append(started(Path(folder)))
    return {"first_seconds": first, "second_seconds": second}


def started(data: Path) -> float:
    """Seconds from the command to the first 200 of `/health/ready`; stopped as by Ctrl-C."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HRD_", "DJANGO"))}
    command = [sys.executable, "make.py", "run", f"PORT={port}", f"DATA={data}"]
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        while not ready(port):
            if process.poll() is not None or time.monotonic() - began > LONGEST:
                raise RuntimeError("`make.py run` did not get ready")
            time.sleep(0.05)
        return time.monotonic() - began
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:  # an answer that it is not ready yet, too
        return False
