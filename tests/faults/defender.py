"""A defender's program that opens one case after the other and keeps a ledger of what was acknowledged.

Run as `python -m tests.faults.defender PORT LEDGER SEED`, in a process of its own, until it is ended. Each line of the
ledger is on the disk before the next request leaves. A request that breaks off is sent again, as the page does it.
Says `(` before each request, `)` after an answer and `!` after none, so that who kills the server knows whether one is
open.
"""

import http.client
import json
import os
import random
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

PART = 8 * 1024 * 1024
LONGEST = 120


@dataclass
class Answer:
    """What Django's test client would say, as far as `tests.factories.legal_aid.Browser` asks."""

    status_code: int
    content: bytes

    def json(self) -> dict:
        return json.loads(self.content)


@dataclass
class Wire:
    """Stands in for Django's test client on a real connection; patient where `patient`, else errors are raised."""

    port: int
    patient: bool = True
    told: object = None
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self._send("GET", path, b"", headers or {})

    def post(self, path: str, body: str, content_type: str, headers: dict[str, str]) -> Answer:
        return self._send("POST", path, body.encode(), {"Content-Type": content_type, **self._form(), **headers})

    def put(self, path: str, body: bytes, content_type: str, headers: dict[str, str]) -> Answer:
        return self._send("PUT", path, body, {"Content-Type": content_type, **self._form(), **headers})

    def _form(self) -> dict[str, str]:
        if not self.headers:
            page = self._send("GET", "/en/aid/request/plain/", b"", {})
            token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.content)[1].decode()
            self.headers = {"X-CSRFToken": token, "Cookie": self.cookie}
        return self.headers

    def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        deadline = time.monotonic() + LONGEST
        while True:
            try:
                answer = self._once(method, path, body, headers)
            except (OSError, http.client.HTTPException):
                self._say("!")
                if not self.patient or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)  # as a page waits before it sends again; no test waits for this
            else:
                self._say(")")
                return answer

    def _once(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self._say("(")
        try:
            connection.request(method, path, body or None, {"Host": f"localhost:{self.port}", **headers})
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


def opened(defender, chance: random.Random) -> dict[str, str]:
    """One case with one file of two parts, acknowledged; what is needed to find it again."""
    from tests.factories import legal_aid

    parts, manifest = legal_aid.sealed_file(PART + chance.randrange(70_000, 400_000))
    visit = {"X-Visit": defender.visit}
    begun = defender.post("uploads/", {"sealed": manifest["sealed"], "parts": len(parts)}, **visit)
    assert begun.status_code == 201, begun.content
    upload = begun.json()["upload"]
    for number, part in enumerate(parts, start=1):
        put = defender.put(upload, number, part, **visit)
        assert put.status_code in {200, 201}, put.content
    text = f"case {chance.random()}"
    sent = defender.send(defender.request(text, uploads=({"upload": upload, **manifest},)))
    assert sent.status_code in {200, 201}, sent.content
    seeds = {"kem": defender.keys.kem_seed.hex(), "sig": defender.keys.sig_seed.hex()}
    return {"case": sent.json()["case"], "token": defender.token.hex(), "text": text, **seeds, "file": manifest}


def main(port: int, ledger: Path, seed: int) -> None:
    import django

    django.setup()
    from tests.factories import legal_aid

    chance = random.Random(seed)
    team = legal_aid.StoredTeam(None, legal_aid.SignedTeam("one"), {})
    wire = Wire(port, told=sys.stdout)
    with ledger.open("a") as file:
        while True:
            line = opened(legal_aid.Browser(wire, team), chance)
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
