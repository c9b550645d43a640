"""The programs of defenders and of their case worker, and a ledger of what was acknowledged to them.

Run as `python -m tests.faults.defender PORT LEDGER SEED [COOKIES]`, in a process of its own, until it is ended; when it
is asked to end it finishes what it began. With the cookies of a case worker's session whole stories happen, without
them cases are only opened. Each line of the ledger is on the disk before the next request leaves. A letter says what
is begun, then the connection what it does (`tests.faults.wire`).
"""

import json
import os
import random
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django

from tests.faults.wire import Wire, walker

PART = 8 * 1024 * 1024
PLAIN = "/en/aid/request/plain/"
KINDS = {"o": "opened", "p": "opened without scripts", "w": "written", "r": "answered", "a": "acknowledged",
         "n": "receipt replaced", "e": "erased"}  # fmt: skip
"""What can be acknowledged."""


def opened(defender, chance: random.Random) -> dict[str, object]:
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
    defender.case = sent.json()["case"]
    return {"did": "o", "case": defender.case, "text": text, **receipt(defender)}


def receipt(defender) -> dict[str, str]:
    keys = {"kem": defender.keys.kem_seed.hex(), "sig": defender.keys.sig_seed.hex()}
    return {"token": defender.token.hex(), **keys}


@dataclass
class Story:
    """One person's way through the house, and her case worker's at the desk."""

    wire: Wire
    desk: object
    chance: random.Random

    def begins(self, kind: str) -> str:
        self.wire.told.write(kind)
        return kind

    def goes_on(self, team) -> Iterator[dict[str, object]]:
        """One acknowledged thing after the other."""
        from tests.factories import legal_aid

        if self.desk and self.chance.random() < 0.25:
            yield self.told_without_scripts()
            return
        self.defender = legal_aid.Browser(self.wire, team)
        self.begins("o")
        yield opened(self.defender, self.chance)
        for step in (self.writes, self.is_answered, self.is_acknowledged, self.replaces, self.erases):
            if self.desk and self.chance.random() < 0.6:
                yield {**step(), "case": self.defender.case}

    def told_without_scripts(self) -> dict[str, object]:
        kind, visitor = self.begins("p"), walker(self.wire)
        text = f"plain {self.chance.random()}"
        page = visitor.get(PLAIN).page
        for typed in ({"story": [text], "urgency": ["soon"], "go": ["contact"]}, {"go": ["check"]}, {"go": ["send"]}):
            page = visitor.post(PLAIN, page.form(PLAIN)["fields"] | typed).page
        assert len(page.words) == 8, page.errors
        return {"did": kind, "words": page.words, "text": text}

    def writes(self) -> dict[str, object]:
        kind, text = self.begins("w"), f"more {self.chance.random()}"
        answer = self.defender.write(text)
        assert answer.status_code in {200, 201}, answer.content
        return {"did": kind, "text": text}

    def is_answered(self) -> dict[str, object]:
        kind, text = self.begins("r"), f"answer {self.chance.random()}"
        answer = self.desk.write(self.defender.case, text)
        assert answer.status_code in {200, 201}, answer.content
        return {"did": kind, "text": text}

    def is_acknowledged(self) -> dict[str, object]:
        kind = self.begins("a")
        answer = self.desk.post(f"case/{self.defender.case}/acknowledge/", {})
        assert answer.status_code == 204, answer.content
        return {"did": kind}

    def replaces(self) -> dict[str, object]:
        """Where the answer was lost, the old receipt may be gone already: then the new one opens."""
        kind = self.begins("n")
        body, new = self.defender.replacement()
        answer = self.defender.post("cards/", body, **self.defender.receipt)
        assert answer.status_code == 201 or self.was_done(answer.status_code), answer.content
        self.defender = new
        assert new.fetch().status_code == 200
        return {"did": kind, **receipt(new)}

    def erases(self) -> dict[str, object]:
        kind = self.begins("e")
        answer = self.defender.post("erase/", {"case": self.defender.case}, **self.defender.receipt)
        assert answer.status_code == 204 or self.was_done(answer.status_code), answer.content
        return {"did": kind}

    def was_done(self, status: int) -> bool:
        """Whether this may be the second answer to what was done at the first time."""
        return status == 404 and self.wire.lost > 0


def main(port: int, ledger: Path, seed: int, cookies: str = "") -> None:
    django.setup()
    from tests.factories import legal_aid

    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    chance = random.Random(seed)
    team = legal_aid.StoredTeam(None, legal_aid.SignedTeam("one"), {})
    worker = Wire(port, told=sys.stdout, cookies=cookies)
    desk = legal_aid.Desk(worker, team) if cookies else None
    with ledger.open("a") as file:
        for number in range(1_000_000):
            # A circuit of her own, whose wrong tries are hers alone.
            wire = Wire(port, told=sys.stdout, address=f"2001:db8::{number:x}")
            for line in Story(wire, desk, chance).goes_on(team):
                file.write(json.dumps(line) + "\n")
                file.flush()
                os.fsync(file.fileno())
                if over.is_set():
                    return


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
