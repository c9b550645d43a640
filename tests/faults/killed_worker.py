"""A program that works off notices in child processes which it kills at random moments, then lets one finish.

Run as `python -m tests.faults.killed_worker ROUNDS SEED` inside an installation; prints what is left, as JSON.
"""

import json
import os
import random
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
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
from hrdplatform.notices.models.notice import LEASE
from hrdplatform.notices.turns import Due
from hrdplatform.operations.embedded import EmbeddedWorker

SECOND = timedelta(seconds=1)
EACH = 8
"""Notices written before each round."""

SENDING, LINKING = b"[", b"("
"""What a child says when it begins to send or to link: a kill that waits for it comes in time on a slow machine too."""


def table(send: Callable[..., int] = sending.send_due, link: Callable[..., int] = chain.link) -> tuple[Due, ...]:
    return (
        Due("notices", send, SECOND, pending=sending.pending),
        Due("audit.link", link, SECOND, pending=chain.pending),
    )


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

    def saying(sign: bytes, work: Callable[..., int]) -> Callable[..., int]:
        def said(**given: object) -> int:
            os.write(writer, sign)
            done = work(**given)
            os.write(writer, b")")
            return done

        return said

    both = table(saying(SENDING, sending.send_due), saying(LINKING, chain.link))
    EmbeddedWorker(both, now=clock.now, stop=threading.Event()).run()
    os._exit(0)


def kill_after(child: int, pipe: int, sign: bytes, seconds: float) -> bool:
    """Kill it so long after a sign; whether it was linking the audit record, which leaves nothing to be seen."""
    while os.read(pipe, 1) != sign:
        pass
    threading.Event().wait(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said = sign + os.read(pipe, 1000)
    os.close(pipe)
    return said.endswith(LINKING)


def was_sending(since: datetime) -> bool:
    """Whether a notice that was taken up in this round is neither sent nor given back."""
    return Notice.objects.filter(state=State.SENDING, leased_until__gte=since + LEASE).exists()


def main(rounds: int, seed: int) -> None:
    for label in ("audit", "notices"):
        call_command("migrate", label, verbosity=0)
    chance, clock, hits = random.Random(seed), Clock(), Counter()
    for number in range(rounds):
        write(number, clock.now())
        let_go()
        begun = clock.now()
        child, pipe = start(clock)
        # Linking is short: one kill in four waits for it.
        sign, most = (LINKING, 0.01) if number % 4 == 0 else (SENDING, 0.05)
        linking = kill_after(child, pipe, sign, chance.uniform(0.0, most))
        hits.update(["linking"] if linking else ["sending"] if was_sending(begun) else [])
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
    worker = EmbeddedWorker(table(), now=clock.now, stop=threading.Event())
    while sending.pending(clock.now()) or chain.pending(clock.now()):
        clock.ahead += timedelta(hours=1)
        worker._next = dict.fromkeys(worker._next, 0.0)
        worker.round()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
