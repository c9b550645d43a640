"""32 parallel clients with pre-sealed small requests, against a bare Django view that inserts one 6 KB row.

Same machine, same gunicorn, same clients, and one PostgreSQL that has each commit on the disk before it answers, as in
production. A round is half of the reference, our requests, the other half: a slower moment hits both. What counts is
the median of the rounds. Every answer of both is held against the rows that the database has afterwards.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator

from bench import site
from bench.library import Served
from bench.load import Answers, Asked, drive

ROUNDS = 7
REQUESTS = 800
ROWS = 1000
"""In each half of the reference; it is the quicker one by far, and a round's shares should last about as long."""
WARMING = 400
"""Before the first round: each process fills its pool, and each connection knows its sentences."""
TOKEN = secrets.token_hex(16)
HEADERS = {
    "Content-Type": "application/json",
    "Cookie": f"__Host-csrf={TOKEN}",
    "X-CSRFToken": TOKEN,
    "Host": "aid.localhost",
}
"""The aid door by its own name, as defenders come to it."""
Figures = dict[str, list[float]]


def sealed(team: object, number: int) -> Iterator[Asked]:
    """Requests as defenders' browsers would send them, sealed before the clock starts."""
    from tests.factories.legal_aid import BASE, Browser

    for _ in range(number):
        browser = Browser(None, team)  # type: ignore[arg-type]
        body = json.dumps(browser.request("I need help. They found out.")).encode()
        yield Asked(f"{BASE}cases/", body, {**HEADERS, "X-Visit": browser.visit})


def rows(number: int) -> list[Asked]:
    """What the bare view inserts."""
    return [Asked("/", secrets.token_bytes(6000), {"Host": "localhost"}) for _ in range(number)]


def lost(acknowledged: list[bytes]) -> int:
    """How many acknowledged requests the database does not hold whole: the case, its card, its message."""
    from legal_aid.models import Card, Case, Record

    cases = {json.loads(body)["case"] for body in acknowledged}
    held = min(
        Case.objects.filter(pk__in=cases).count(),
        Card.objects.filter(case__in=cases).count(),
        Record.objects.filter(case__in=cases).count(),
    )
    return len(acknowledged) - held


def inserted() -> int:
    """How many rows the reference has."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench_row WHERE length(content) = 6000")
        return int(cursor.fetchone()[0])


def driven(served: Served, asked: list[Asked]) -> tuple[Answers, float]:
    """The answers, and the processor seconds of the web processes."""
    before = site.processor_seconds(served.process)
    answers = drive(served.port, asked)
    return answers, site.processor_seconds(served.process) - before


def a_round(team: object, ours: Served, bare: Served) -> dict[str, float]:
    """One figure of each kind."""
    asked, had = list(sealed(team, REQUESTS)), inserted()
    first, first_cpu = driven(bare, rows(ROWS))
    answers, cpu = driven(ours, asked)
    second, second_cpu = driven(bare, rows(ROWS))
    reference = 2 * ROWS / (first.seconds + second.seconds)
    wrong = 2 * ROWS - first.statuses[200] - second.statuses[200]
    return {
        "failed": REQUESTS - answers.statuses[201],
        "lost": lost(answers.acknowledged),
        "reference_wrong": wrong + abs(inserted() - had - 2 * ROWS),
        "per_second": answers.per_second,
        "reference_per_second": reference,
        "ratio": answers.per_second / reference,
        "cpu_ratio": (first_cpu + second_cpu) / (2 * ROWS) / (cpu / REQUESTS),
    }


def measure() -> Figures:
    print(f"  {ROUNDS} rounds: {ROWS} rows, {REQUESTS} requests, {ROWS} rows; 32 clients, every commit on the disk")
    with site.database(durable=True) as url, site.platform(url):
        from tests.factories.legal_aid import team

        stored = team()
        with (
            site.server("bench.reference.insert:application", "/", HRD_BENCH_DATABASE=url) as bare,
            site.server("hrdplatform.wsgi:application", "/health/live") as ours,
        ):
            drive(ours[0], list(sealed(stored, WARMING)))
            drive(bare[0], rows(WARMING))
            found = [a_round(stored, Served(*ours), Served(*bare)) for _ in range(ROUNDS)]
    return {name: [one[name] for one in found] for name in found[0]}
