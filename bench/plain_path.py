"""Requests sealed on arrival, 16 visitors without scripts at once, PostgreSQL: Argon2id, sealing and storing included.

Counted is the last step of the journey, which seals the request and opens the case.
"""

from __future__ import annotations

import secrets
import urllib.parse

from bench import site
from bench.browsing import Browsing
from bench.load import Asked, drive

REQUESTS = 120
RUNS = 3
ADDRESS = "/en/aid/request/plain/"
STORY = "They came to our office again this morning and took two telephones. " * 12
BOUNDARY = "a-boundary-that-no-text-has"


def body(fields: dict[str, list[str]]) -> bytes:
    """The form as a browser would send it."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, values in fields.items()
        for value in values
    ]
    return ("".join(parts) + f"--{BOUNDARY}--\r\n").encode()


def headers(token: str, visit: str) -> dict[str, str]:
    return {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Cookie": f"__Host-csrf={token}; __Host-visit={urllib.parse.quote(visit)}",
        "Host": "localhost",
    }


def walked(port: int) -> dict[str, list[str]]:
    """The fields of the last screen, as the pages themselves hand them on."""
    browsing = Browsing(port)
    page = browsing.get(ADDRESS)
    for pressed in ("contact", "check"):
        fields = {**page.form("request/plain/")["fields"], "go": [pressed]}
        if pressed == "contact":
            fields["story"] = [STORY]
        page = browsing.post(ADDRESS, body(fields), f"multipart/form-data; boundary={BOUNDARY}")
    return {**page.form("request/plain/")["fields"], "go": ["send"]}


def last_steps(fields: dict[str, list[str]], number: int) -> list[Asked]:
    """The last step of `number` visitors, each with a cookie, a key and a form of their own."""
    from legal_aid.domain.plain_session import Visit

    made = []
    for _ in range(number):
        token = secrets.token_hex(16)
        own = {**fields, "csrfmiddlewaretoken": [token], "form": [secrets.token_hex(16)]}
        made.append(Asked(ADDRESS, body(own), headers(token, Visit.begin().text)))
    return made


def measure() -> dict[str, list[float]]:
    found: dict[str, list[float]] = {"per_second": [], "failed": []}
    with site.database() as url, site.platform(url):
        from legal_aid.models import Case
        from tests.factories.legal_aid import team

        team()
        with site.server("hrdplatform.wsgi:application", "/health/live") as (port, _):
            fields = walked(port)
            drive(port, last_steps(fields, 16), clients=16)
            for _ in range(RUNS):
                before = Case.objects.count()
                answers = drive(port, last_steps(fields, REQUESTS), clients=16)
                opened = Case.objects.count() - before
                found["failed"].append(REQUESTS - opened)
                found["per_second"].append(opened / answers.seconds)
    return found
