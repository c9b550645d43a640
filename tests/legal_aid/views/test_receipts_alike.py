"""Receipts that open nothing: unknown, wrong, replaced and erased ones get the same answer for the same work."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hrdplatform.sealing import receipts
from legal_aid.domain import installation, plain_receipt
from tests.factories import legal_aid
from tests.legal_aid.plain_visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RANDOM = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=__Host-csrf=)\w+|(?<=__Host-visit=)[\w.-]+')
"""What is drawn anew for each answer: the form's key, its cookie, and the visit's."""
SEALED = [
    ("GET", "case/"),
    ("GET", f"files/{'0' * 64}/1/"),
    ("POST", "records/"),
    ("POST", "cards/"),
    ("POST", "erase/"),
    ("POST", "uploads/"),
    ("PUT", f"uploads/{'0' * 32}/1/"),
    ("DELETE", f"uploads/{'0' * 32}/"),
]
"""Every address that a receipt's token opens."""
PARALLEL = 50


def erased(page: legal_aid.Browser) -> bytes:
    page.open_case()
    assert page.post("erase/", {"case": page.case}, **page.receipt).status_code == 204
    return page.token


def replaced(page: legal_aid.Browser) -> bytes:
    page.open_case()
    body, _ = page.replacement()
    assert page.post("cards/", body, **page.receipt).status_code == 201
    return page.token


def wrong(page: legal_aid.Browser) -> bytes:
    """A living receipt's token, one bit changed."""
    page.open_case()
    return bytes([page.token[0] ^ 1]) + page.token[1:]


@pytest.fixture
def shown(defender, client):
    """`Authorization` by what is wrong with it."""
    tokens = {"unknown": b"x" * 32, "short": b"x" * 31, "long": b"x" * 33, "empty": b""}
    for kind in (erased, replaced, wrong):
        tokens[kind.__name__] = kind(legal_aid.Browser(client, defender.team))
    headers = {kind: {"Authorization": f"Receipt {legal_aid.b64(token)}"} for kind, token in tokens.items()}
    return headers | {"no base64": {"Authorization": "Receipt ***"}, "another scheme": {"Authorization": "Basic eA=="}}


@pytest.mark.parametrize(("method", "path"), SEALED)
def test_whatever_token_is_shown_the_answer_and_the_questions_asked_are_the_same(shown, client, method, path):
    answers, asked = {}, {}
    for kind, headers in shown.items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.generic(method, legal_aid.BASE + path, b"{}", "application/json", headers=headers)
        answers[kind] = (answer.status_code, answer.content, sorted(answer.headers.items()), str(answer.cookies))
        asked[kind] = [re.sub("[0-9a-f]{64}", "locator", query["sql"]) for query in queries]
    assert set(map(repr, answers.values())) == {repr(answers["unknown"])}
    assert answers["unknown"][0] == 404
    assert set(map(repr, asked.values())) == {repr(asked["unknown"])}
    assert len(asked["unknown"]) == 1


def test_who_shows_nothing_gets_the_answer_to_a_wrong_receipt(shown, client):
    nothing, something = (client.get(f"{legal_aid.BASE}case/", headers=headers) for headers in ({}, shown["wrong"]))
    assert (nothing.status_code, nothing.content) == (something.status_code, something.content)
    assert dict(nothing.headers) == dict(something.headers)


@dataclass
class Stretched:
    """The real Argon2id, counted; each derivation waits for `going_on` where a test holds it back."""

    real: type
    count: int = 0
    going_on: threading.Event = field(default_factory=threading.Event)

    def __call__(self, **options: object) -> "Stretched.One":
        return self.One(self, self.real(**options))

    @dataclass
    class One:
        counted: "Stretched"
        stretcher: object

        def derive(self, password: bytes) -> bytes:
            self.counted.count += 1
            assert self.counted.going_on.wait(60)
            return self.stretcher.derive(password)


@pytest.fixture
def stretched(monkeypatch):
    counted = Stretched(receipts.Argon2id)
    counted.going_on.set()
    monkeypatch.setattr(receipts, "Argon2id", counted)
    return counted


def numbers(words: list[str]) -> str:
    """A receipt as groups of four digits: all receipts are of one length then."""
    return " ".join(receipts.digits(receipts.parse(" ".join(words))))


def ended(*how: str) -> str:
    """The receipt of a case that was opened without scripts, and then erased or given another receipt."""
    visitor = Visitor()
    words = visitor.open_case()
    visitor.confirm(words)
    visitor.go(f"return/plain/{how[0]}/")
    visitor.send(f"{how[0]}/", **dict.fromkeys(how[1:], "on"))
    return numbers(words)


@pytest.fixture
def typed(team):
    """Eight groups of digits by what is wrong with them; the last open a case."""
    right = numbers(Visitor().open_case())
    other = f"{(int(right[:4]) + 1) % 7776:04}{right[4:]}"
    return {
        "unknown": " ".join(["0001"] * 8),
        "wrong": other,
        "erased": ended("erase", "sure"),
        "replaced": ended("receipt"),
        "right": right,
    }


def test_whatever_words_are_typed_the_page_its_headers_and_the_questions_asked_are_the_same(typed):
    del typed["right"]
    answers, asked = {}, {}
    for kind, words in typed.items():
        visitor = Visitor()
        visitor.go("return/plain/")
        with CaptureQueriesContext(connection) as queries:
            visitor.send("return/plain/", words=words)
        body = visitor.answer.content.decode()
        assert words in body, kind
        headers = [*visitor.answer.headers.items(), ("cookies", str(visitor.answer.cookies))]
        answers[kind] = (visitor.status, *(RANDOM.sub("", text.replace(words, "")) for text in (body, repr(headers))))
        asked[kind] = [re.sub("[0-9a-f]{64}", "locator", query["sql"]) for query in queries]
    assert answers["unknown"][0] == 404
    assert {kind: answer == answers["unknown"] for kind, answer in answers.items()} == dict.fromkeys(typed, True)
    assert {kind: sql == asked["unknown"] for kind, sql in asked.items()} == dict.fromkeys(typed, True)


def test_each_try_without_scripts_costs_exactly_one_argon2(typed, stretched):
    costs = {}
    for kind, words in typed.items():
        before = stretched.count
        visitor = Visitor()
        visitor.come_back(words.split())
        costs[kind] = (stretched.count - before, visitor.status)
    assert costs == {kind: (1, 200 if kind == "right" else 404) for kind in typed}


def test_a_try_with_scripts_costs_the_server_no_argon2(shown, client, stretched):
    assert {client.get(f"{legal_aid.BASE}case/", headers=headers).status_code for headers in shown.values()} == {404}
    assert stretched.count == 0


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_those_beyond_the_places_are_asked_to_wait_and_nobody_else_is(team, stretched):
    """Those within are held until the others have their answers, and an ordinary page was given meanwhile."""
    installation.salt()
    refused = threading.Semaphore(0)
    stretched.going_on.clear()

    def tried(number: int) -> tuple[int, str]:
        try:
            client = Client(REMOTE_ADDR=f"192.0.2.{number}")
            answer = client.post("/en/aid/return/plain/", {"words": " ".join(["0001"] * 8)}, secure=True)
            return answer.status_code, answer.content.decode()
        finally:
            refused.release()
            connections.close_all()

    with ThreadPoolExecutor(PARALLEL) as pool:
        tries = [pool.submit(tried, number) for number in range(PARALLEL)]
        try:
            waited = [refused.acquire(timeout=60) for _ in range(PARALLEL - plain_receipt.PLACES)]
            meanwhile = Client().get("/en/aid/").status_code
            held = stretched.count
        finally:
            stretched.going_on.set()
        answers = [one.result() for one in tries]
    assert all(waited)
    assert (meanwhile, held) == (200, plain_receipt.PLACES)
    statuses = [status for status, _ in answers]
    assert sorted(statuses) == [404] * plain_receipt.PLACES + [503] * (PARALLEL - plain_receipt.PLACES)
    assert all("Many people are here" in body for status, body in answers if status == 503)
    assert stretched.count == plain_receipt.PLACES
    cache.clear()
    assert Client().post("/en/aid/return/plain/", {"words": " ".join(["0001"] * 8)}, secure=True).status_code == 404
