"""A program that works off notices in child processes which it kills at random moments, then lets one finish.

Run as `python -m tests.faults.killed_worker ROUNDS SEED` inside an installation; prints what is left, as JSON.
"""

import json
import os
import random
import select
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.core.management import call_command
from django.db import connection, connections, transaction

from hrdplatform import audit, notices
from hrdplatform.audit import chain
from hrdplatform.audit.models import Entry
from hrdplatform.audit.verifying import verify
from hrdplatform.notices import sending
from hrdplatform.notices.models import Notice, State
from hrdplatform.notices.turns import Due
from hrdplatform.operations.embedded import EmbeddedWorker

SECOND = timedelta(seconds=1)
TABLE = (
    Due("notices", sending.send_due, SECOND, pending=sending.pending),
    Due("audit.link", chain.link, SECOND, pending=chain.pending),
)
EACH = 8
"""Notices written before each round."""


class Clock:
    """Real time, put forward by an hour a round, so that the leases of the dead are over."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def write(number: int, at: datetime) -> None:
    with transaction.atomic():
        for place in range(EACH):
            name = f"{number}-{place}"
            context = {"name": name, "organisation": "x"}
            notices.queue(
                notices.Kind.ROLE_CHANGED, to=f"{name}@example.org", language="en", context=context, thread=f"t{number}"
            )
            audit.record(audit.Event.BACKUP_MADE, actor="system", object=f"backup:{name}", at=at)


def let_go() -> None:
    """No connection may be open while the process forks."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()


def start(clock: Clock) -> tuple[int, int]:
    """A worker in a child process; its number, and a pipe that ends when the child does."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    os.close(reader)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    os.write(writer, b"!")
    EmbeddedWorker(TABLE, now=clock.now, stop=stop).run()
    os._exit(0)


def kill_after(child: int, pipe: int, seconds: float) -> None:
    os.read(pipe, 1)
    select.select([pipe], [], [], seconds)  # the child's end, which does not come, or the time
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(pipe)


def main(rounds: int, seed: int) -> None:
    for label in ("audit", "notices"):
        call_command("migrate", label, verbosity=0)
    chance, clock, hits = random.Random(seed), Clock(), 0
    for number in range(rounds):
        write(number, clock.now())
        let_go()
        child, pipe = start(clock)
        kill_after(child, pipe, chance.uniform(0.0, 0.25))
        hits += Notice.objects.filter(state__in=[State.WAITING, State.SENDING]).exists()
        clock.ahead += timedelta(hours=1)
    let_go()
    finish(clock)
    report = {
        "written": rounds * EACH,
        "hits": hits,
        "unsent": Notice.objects.exclude(state=State.SENT).count(),
        "unlinked": Entry.objects.unlinked().count(),
        "linked": verify().linked,
        "broken": str(verify().broken),
    }
    sys.stdout.write(json.dumps(report) + "\n")


def finish(clock: Clock) -> None:
    worker = EmbeddedWorker(TABLE, now=clock.now, stop=threading.Event())
    while sending.pending(clock.now()) or chain.pending(clock.now()):
        clock.ahead += timedelta(hours=1)
        worker._next = dict.fromkeys(worker._next, 0.0)
        worker.round()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
