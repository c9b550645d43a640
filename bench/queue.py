"""The desk's queue at 1, 3 and 10,000 cases: how many queries its page and its rows take, and how much longer."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from copy import copy
from itertools import islice

from bench import site

SIZES = (1, 3, 10_000)
BATCH = 250
ADDRESSES = ("/desk/", "/desk/sealed/queue/", "/desk/sealed/queue/?page=2")
TRIES = 9


def first_case(team: object) -> str:
    """One case as a defender's browser would open it."""
    from hrdplatform.web import clock
    from legal_aid.domain import intake
    from legal_aid.domain.uploads import Owner
    from legal_aid.forms.sealed import new_case
    from tests.factories.legal_aid import Browser

    request = Browser(None, team).request("I need help.")  # type: ignore[arg-type]
    return intake.open_case(new_case(json.dumps(request).encode(), Owner(key="0" * 64)), at=clock.now())[0]


def copies(case: str, number: int) -> Iterator[list[object]]:
    """The rows of `number` more cases, each as large as the first."""
    from legal_aid.models import Card, Case, KeyWrap, Record
    from legal_aid.models.identifiers import hex16, reference

    first = Case.objects.get(pk=case)
    card, record = Card.objects.get(case=first), Record.objects.get(case=first)
    wrap = KeyWrap.objects.get(card=card, reader="m01")
    for _ in range(number):
        one, opened, message, open_to = copy(first), copy(card), copy(record), copy(wrap)
        one.id, one.locator, one.trace, one.reference = hex16(), secrets.token_hex(32), hex16(), reference()
        one.newest_id = opened.id = secrets.token_hex(32)
        one.first_id = message.row = hex16()
        opened.case_id = message.case_id = one.id
        message.card_id = open_to.card_id = opened.id
        open_to.id = hex16()
        yield [one, opened, message, open_to]


def grow(case: str, number: int) -> None:
    """Insert `number` copies, some at a time, each table in one sentence."""
    from legal_aid.domain.insertion import insert

    every = copies(case, number)
    while some := list(islice(every, BATCH)):
        insert([row for kind in zip(*some, strict=True) for row in kind])


def asked(client: object, address: str) -> tuple[int, float]:
    """How many queries one visit takes, and the seconds of the quickest of some."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, headers={"Host": "localhost"})  # type: ignore[attr-defined]
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    queries, seconds = len(captured), []
    for _ in range(TRIES):
        start = time.perf_counter()
        client.get(address, headers={"Host": "localhost"})  # type: ignore[attr-defined]
        seconds.append(time.perf_counter() - start)
    return queries, min(seconds)


def measure() -> dict[str, list[float]]:
    with site.database() as url, site.platform(url):
        from django.db import connection

        from tests.factories import accounts
        from tests.factories.legal_aid import team

        stored = team()
        client = accounts.signed_in(stored.users["m01"])
        case, held = first_case(stored), 1
        queries: dict[str, list[int]] = {address: [] for address in ADDRESSES}
        seconds: dict[str, list[float]] = {address: [] for address in ADDRESSES}
        for size in SIZES:
            grow(case, size - held)
            held = size
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            for address in ADDRESSES:
                count, quickest = asked(client, address)
                queries[address].append(count)
                seconds[address].append(quickest)
    return {
        "queries_spread": [float(max(found) - min(found)) for found in queries.values()],
        "queries": [float(found[-1]) for found in queries.values()],
        "seconds_10000_against_3": [found[-1] / found[1] for found in seconds.values()],
        "seconds_at_10000": [found[-1] for found in seconds.values()],
    }
