"""The clock of a receipt's look-up: tries with unknown, malformed and erased receipts, one after the other in turn.

They must not be told apart by how long the answer takes: the medians lie within 2 ms, and the rank test of Mann and
Whitney finds no order between any two kinds.
"""

from __future__ import annotations

import http.client
import itertools
import json
import math
import secrets
import statistics
import time

from bench import site

TRIES = 300
A_PLACE = 15
"""Tries from one address: twenty wrong ones are taken before it is slowed. Five rounds of the six orders, so that the
first try of a new connection falls on each kind alike.
"""
KINDS = ("unknown", "malformed", "erased")


def erased_token(team: object) -> bytes:
    """The token of a case that was opened and erased again."""
    from hrdplatform.web import clock
    from legal_aid.domain import erasure, intake, speakers
    from legal_aid.domain.uploads import Owner
    from legal_aid.forms.sealed import new_case
    from tests.factories.legal_aid import Browser

    browser = Browser(None, team)  # type: ignore[arg-type]
    request = json.dumps(browser.request("I need help.")).encode()
    case, _ = intake.open_case(new_case(request, Owner(key="0" * 64)), at=clock.now())
    erasure.erase(case, speaker=speakers.defender(browser.token), at=clock.now())
    return browser.token


def tokens(erased: list[bytes]) -> dict[str, itertools.cycle[bytes]]:
    return {
        "unknown": itertools.cycle(secrets.token_bytes(32) for _ in range(TRIES)),
        "malformed": itertools.cycle(secrets.token_bytes(20) for _ in range(TRIES)),
        "erased": itertools.cycle(erased),
    }


def tried(port: int, shown: dict[str, itertools.cycle[bytes]]) -> dict[str, list[float]]:
    """Milliseconds of each try by kind; the kinds take turns, the order changes with every round."""
    from tests.factories.legal_aid import BASE, b64

    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    orders = itertools.cycle(itertools.permutations(KINDS))
    connection, left, places = None, 0, itertools.count(2)
    for order in itertools.islice(orders, TRIES):
        for kind in order:
            if connection is None or left == 0:
                number = next(places)
                source = f"127.0.{number // 250}.{number % 250 + 1}"
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(source, 0))
                connection.connect()
                left = A_PLACE
            headers = {"Host": "localhost", "Authorization": f"Receipt {b64(next(shown[kind]))}"}
            start = time.perf_counter()
            connection.request("GET", f"{BASE}case/", headers=headers)
            answer = connection.getresponse()
            answer.read()
            found[kind].append((time.perf_counter() - start) * 1000)
            left -= 1
            if answer.status != 404:
                raise RuntimeError(f"a receipt that is {kind} was answered {answer.status}")
    return found


def rank_z(one: list[float], other: list[float]) -> float:
    """How many standard deviations the rank sum of `one` is from what chance gives (Mann and Whitney 1947)."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(place for place, (_, side) in enumerate(ranked, start=1) if side == 0)
    number, others = len(one), len(other)
    expected = number * (number + others + 1) / 2
    return (ranks - expected) / math.sqrt(number * others * (number + others + 1) / 12)


def measure() -> dict[str, list[float]]:
    with site.database() as url, site.platform(url):
        from tests.factories.legal_aid import team

        stored = team()
        erased = [erased_token(stored) for _ in range(10)]
        with site.server("hrdplatform.wsgi:application", "/health/live") as (port, _):
            found = tried(port, tokens(erased))
    pairs = list(itertools.combinations(KINDS, 2))
    medians = {kind: statistics.median(values) for kind, values in found.items()}
    return {
        "median_apart_ms": [max(medians.values()) - min(medians.values())],
        "rank_z": [max(abs(rank_z(found[one], found[other])) for one, other in pairs)],
        "medians_ms": list(medians.values()),
    }
