"""The connections of people whose programs send again when no answer comes, as the pages do."""

import http.client
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO, TypeVar

from tests.legal_aid import installation

LONGEST = 120
T = TypeVar("T")


@dataclass
class Answer:
    """What Django's test client would say, as far as `tests.factories.legal_aid.Browser` asks."""

    status_code: int
    content: bytes

    def json(self) -> dict:
        return json.loads(self.content)


@dataclass
class Wire:
    """Stands in for Django's test client on a real connection; patient where `patient`, else errors are raised.

    Comes from `address`, if that is given, with the `cookies` of a session. Says into `told` what it does: `(` before
    each request, `)` after an answer and `!` after none, so that who kills the server knows whether one is open.
    """

    port: int
    patient: bool = True
    told: TextIO | None = None
    headers: dict[str, str] = field(default_factory=dict)
    address: str = ""
    cookies: str = ""
    lost: int = 0
    """How many answers of the last request did not come."""

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        known = {"Cookie": self.cookies} if self.cookies else {}
        return self._send("GET", path, b"", {**known, **(headers or {})})

    def post(self, path: str, body: str, content_type: str, headers: dict[str, str] | None = None) -> Answer:
        given = {"Content-Type": content_type, **self._form(), **(headers or {})}
        return self._send("POST", path, body.encode(), given)

    def put(self, path: str, body: bytes, content_type: str, headers: dict[str, str]) -> Answer:
        return self._send("PUT", path, body, {"Content-Type": content_type, **self._form(), **headers})

    def patiently(self, ask: Callable[[], T]) -> T:
        """The answer to `ask`, which asks again while none comes."""
        deadline, self.lost = time.monotonic() + LONGEST, 0
        while True:
            self._say("(")
            try:
                answer = ask()
            except (OSError, http.client.HTTPException):
                self._say("!")
                self.lost += 1
                if not self.patient or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)  # as a page waits before it sends again; no test waits for this
            else:
                self._say(")")
                return answer

    def _form(self) -> dict[str, str]:
        if not self.headers:
            page = self._send("GET", "/en/aid/request/plain/", b"", {})
            token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.content)[1].decode()
            self.headers = {"X-CSRFToken": token, "Cookie": "; ".join(filter(None, (self.cookie, self.cookies)))}
        return self.headers

    def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        return self.patiently(lambda: self._once(method, path, body, headers))

    def _once(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        known = {"Host": f"localhost:{self.port}"} | ({"X-Forwarded-For": self.address} if self.address else {})
        try:
            connection.request(method, path, body or None, {**known, **headers})
            answer = connection.getresponse()
            content = answer.read()
            cookies = [line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or []]
            self.cookie = "; ".join(cookies)
            return Answer(answer.status, content)
        finally:
            connection.close()

    def _say(self, word: str) -> None:
        if self.told is not None:
            self.told.write(word)
            self.told.flush()


@dataclass
class PlainWire(installation.Walker):
    """A browser without scripts on such a connection."""

    wire: Wire | None = None

    def _ask(self, *asked: object) -> installation.Answer:
        return self.wire.patiently(lambda: super(PlainWire, self)._ask(*asked))


def walker(wire: Wire) -> PlainWire:
    return PlainWire(wire, address=wire.address or "192.0.2.7", wire=wire)
