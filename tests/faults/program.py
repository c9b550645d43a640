"""The defenders' program as a process, watched, and the web server's process that is there to be killed."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from hrdplatform.conf import ROOT
from tests.faults.defender import KINDS
from tests.legal_aid.installation import Installation
from tests.servers import commands

SEED = 11
SIGNED_IN = """
from hrdplatform.accounts.models import User
from tests.factories.accounts import signed_in
client = signed_in(User.objects.get(email="m01-one@example.org"))
print("; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()))
"""


class Program:
    """The defenders' program: what it does, and whether it waits for an answer just now."""

    def __init__(self, site: Installation, ledger: Path, *, desk: bool = False) -> None:
        environment = commands.surroundings(site.data, **site.variables)
        environment["DJANGO_SETTINGS_MODULE"] = "hrdplatform.settings"
        self.waiting, self.kind = False, ""
        cookies = [site.script(SIGNED_IN)] if desk else []
        self.fault = (site.data / "fault").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.defender", str(site.port), str(ledger), str(SEED), *cookies],
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
                assert said, f"the defenders' program ended: {Path(self.fault.name).read_text()}"
                self.waiting = said[-1] == "("
                self.kind = next((KINDS[letter] for letter in reversed(said) if letter in KINDS), self.kind)
                answers -= said.count(")")
        return answers <= 0

    def finish(self) -> None:
        """Let it end what it began, and write it down."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(120) == 0, Path(self.fault.name).read_text()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.fault.close()


def worker_of(site: Installation) -> int | None:
    """The process that gunicorn's master has put to work; none while it makes a new one."""
    children = Path(f"/proc/{site.server.pid}/task/{site.server.pid}/children").read_text().split()
    return int(children[0]) if children else None
