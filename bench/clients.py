"""32 parallel clients with pre-sealed small requests, against a bare Django view that inserts one 6 KB row.

Same machine, same PostgreSQL, same gunicorn, same clients; the two take turns, so a slower moment hits both.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator

from bench import site
from bench.load import Asked, drive

REQUESTS = 600
RUNS = 3
TOKEN = secrets.token_hex(16)
HEADERS = {
    "Content-Type": "application/json",
    "Cookie": f"__Host-csrf={TOKEN}",
    "X-CSRFToken": TOKEN,
    "Host": "localhost",
}


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
    """How many acknowledged requests the database does not hold."""
    from legal_aid.models import Case

    cases = {json.loads(body)["case"] for body in acknowledged}
    held = Case.objects.filter(pk__in=cases).count()
    return len(acknowledged) - held


def measure() -> dict[str, list[float]]:
    found: dict[str, list[float]] = {"lost": [], "failed": [], "per_second": [], "ratio": []}
    with site.database() as url, site.platform(url):
        from tests.factories.legal_aid import team

        stored = team()
        with (
            site.server("bench.reference.insert:application", "/", HRD_BENCH_DATABASE=url) as (bare, _),
            site.server("hrdplatform.wsgi:application", "/health/live") as (port, _),
        ):
            drive(port, list(sealed(stored, 64)))
            drive(bare, rows(64))
            for _ in range(RUNS):
                asked = list(sealed(stored, REQUESTS))
                reference = drive(bare, rows(REQUESTS))
                answers = drive(port, asked)
                found["failed"].append(REQUESTS - answers.statuses[201])
                found["lost"].append(lost(answers.acknowledged))
                found["per_second"].append(answers.per_second)
                found["ratio"].append(answers.per_second / reference.per_second)
    return found
