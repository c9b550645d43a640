"""The sealed doors in memory: what `docs/developer/sealed-api.md` says, over plain dicts, for one team; and its
misdeeds.

It stands for the server in the tests of the worker: it stores, serves and refuses as the contract says, keeps
every octet it was sent (`heard`), and can be told to lose answers or to tamper with what it serves (`tamper`).
"""

import base64
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from hrdplatform.sealing import cards, lists
from hrdplatform.sealing.labels import hashed

Answer = tuple[int, str, bytes]
SALT = bytes(range(16))


def said(status: int, value: Any = None) -> Answer:
    return status, "application/json", b"" if value is None else json.dumps(value).encode()


def refused(status: int, code: str) -> Answer:
    return said(status, {"error": code, "message": ""})


def octets(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


@dataclass
class StoredCase:
    id: str
    locator: str
    urgency: str
    cards: list[dict] = field(default_factory=list)
    wraps: list[dict] = field(default_factory=list)
    records: list[dict] = field(default_factory=list)
    acknowledged: bool = False

    def newest(self, chain: str) -> int:
        return max((row["epoch"] for row in self.cards if row["chain"] == chain), default=0)


class Doors:
    """A team with its signed lists (texts, oldest first), cases, uploads and what members keep."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.cases: dict[str, StoredCase] = {}
        self.uploads: dict[str, dict[int, bytes]] = {}
        self.blobs: dict[str, dict[int, bytes]] = {}
        self.kept: dict[str, str] = {}
        self.identities: list[str] = []
        self.member = "m01"
        self.heard: list[tuple[str, str, bytes]] = []
        self.lose: list[str] = []
        self.before: Callable[[str, str], None] | None = None
        self.tamper: Callable[[dict], dict] = lambda answer: answer

    def __call__(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
        found = re.fullmatch(r"/(?:en/aid|desk)/sealed/([^?]*)(?:\?(.*))?", path)
        if found is None:
            return None
        self.heard.append((method, path, json.dumps(headers).encode() + b"\n" + body))
        if self.before:
            self.before(method, found[1])
        answer = self.answered(method, found[1], headers, body, desk="desk" in path)
        if found[1] in self.lose:
            self.lose.remove(found[1])
            return said(503)
        return answer

    def answered(self, method: str, path: str, headers: dict[str, str], body: bytes, *, desk: bool) -> Answer:
        assert method == "GET" or headers.get("x-csrftoken") == "token"
        parts = path.strip("/").split("/")
        if parts[0] == "uploads":
            return self.upload(method, parts, headers, body)
        if parts[0] == "team":
            return said(
                200,
                self.tamper(
                    {"team": self.team, "name": "Team", "salt": SALT.hex(), "list": self.texts[-1], "partners": []}
                ),
            )
        if parts[0] == "list":
            return 200, "text/plain", self.lists[parts[1]].encode() if parts[1] in self.lists else b""
        if parts[0] == "cases":
            return self.open_case(json.loads(body))
        if desk and parts[0] in ("me", "queue", "own"):
            return getattr(self, parts[0])(method, parts, body)
        return self.of_case(parts, headers, json.loads(body or b"{}"), path, desk=desk)

    @property
    def team(self) -> str:
        return lists.parse(self.texts[0]).team

    @property
    def lists(self) -> dict[str, str]:
        return {lists.parse(text).hash: text for text in self.texts}

    def upload(self, method: str, parts: list[str], headers: dict[str, str], body: bytes) -> Answer:
        if method == "POST":
            upload = secrets.token_hex(16)
            self.uploads[upload] = {}
            return said(201, {"upload": upload})
        if method == "DELETE":
            self.uploads.pop(parts[1], None)
            return said(204)
        if sha256(body).hexdigest() != headers["x-part-sha256"]:
            return refused(400, "part")
        known = self.uploads[parts[1]].setdefault(int(parts[2]), body)
        return said(200 if known is not body else 201, {}) if known == body else refused(409, "part")

    def claim(self, uploads: list[dict]) -> None:
        for one in uploads:
            self.blobs[one["digest"]] = self.uploads.pop(one["upload"])

    def open_case(self, sent: dict) -> Answer:
        opened = cards.parse(octets(sent["card"]["card"])).case
        if opened in self.cases:
            return said(200, {"case": opened})
        if self.stale(sent["card"]):
            return refused(409, "list")
        case = self.cases[opened] = StoredCase(opened, sent["locator"], sent["urgency"])
        self.store_card(case, sent["card"])
        self.store_records(case, "case", 1, sent["records"], "defender")
        self.claim(sent["uploads"])
        return said(201, {"case": opened})

    def stale(self, card: dict) -> bool:
        return cards.parse(octets(card["card"])).card.list != lists.parse(self.texts[-1]).hash

    def store_card(self, case: StoredCase, sent: dict) -> None:
        case.cards.append({"chain": sent["chain"], "epoch": sent["epoch"], "card": sent["card"]})
        for reader, wrap in sent["wraps"].items():
            case.wraps.append({"chain": sent["chain"], "epoch": sent["epoch"], "reader": reader, "wrap": wrap})

    def store_records(self, case: StoredCase, chain: str, epoch: int, sent: list[dict], by: str) -> None:
        for one in sent:
            row = {"row": secrets.token_hex(16), "chain": chain, "epoch": epoch, "day": "2026-11-23", "from": by}
            case.records.append(row | {name: one[name] for name in ("id", "kind", "sealed")})

    def found(self, headers: dict[str, str], case_id: str, *, desk: bool) -> StoredCase | None:
        if desk:
            return self.cases.get(case_id)
        given = headers.get("authorization", "").removeprefix("Receipt ")
        locator = hashed("receipt/locator", octets(given)).hex()
        return next((case for case in self.cases.values() if case.locator == locator), None)

    def of_case(self, parts: list[str], headers: dict[str, str], sent: dict, path: str, *, desk: bool) -> Answer:
        asked = sent.get("case") or (parts[1] if parts[0] == "case" and len(parts) > 1 else "")
        case = self.found(headers, asked, desk=desk) if parts[0] != "files" else next(iter(self.cases.values()))
        if case is None:
            return refused(404, "receipt")
        if parts[0] == "files":
            return 200, "application/octet-stream", self.blobs[parts[1]][int(parts[2])]
        if parts[0] == "case":
            if parts[-1] == "acknowledge":
                case.acknowledged = True
                return said(204)
            return said(200, self.tamper(self.rows(case, self.member if desk else "receipt")))
        if parts[0] == "erase":
            del self.cases[case.id]
            return said(204)
        return self.records(case, sent, desk=desk) if parts[0] == "records" else self.cards(case, sent)

    def rows(self, case: StoredCase, reader: str) -> dict:
        chains = ("case", "notes") if reader != "receipt" else ("case",)
        return {
            "case": case.id,
            "team": self.team,
            "status": "received",
            "arrival": "browser",
            "salt": SALT.hex(),
            "newest": self.texts[-1],
            "lists": self.lists,
            "reference": "A-1",
            "urgency": case.urgency,
            "received": "2026-11-23",
            "acknowledged": "2026-11-23" if case.acknowledged else "",
            "cards": [row for row in case.cards if row["chain"] in chains],
            "wraps": [row for row in case.wraps if row["reader"] == reader],
            "records": [row for row in case.records if row["chain"] in chains],
        }

    def records(self, case: StoredCase, sent: dict, *, desk: bool) -> Answer:
        if all(any(row["id"] == one["id"] for row in case.records) for one in sent["records"]):
            return said(200, {})
        if sent["epoch"] != case.newest(sent["chain"]):
            return refused(409, "epoch")
        self.claim(sent["uploads"])
        self.store_records(case, sent["chain"], sent["epoch"], sent["records"], "team" if desk else "defender")
        return said(201, {})

    def cards(self, case: StoredCase, sent: dict) -> Answer:
        first = sent["cards"][0]
        if first["epoch"] != case.newest(first["chain"]) + 1:
            return refused(409, "epoch")
        closed = [row for row in case.records if (row["chain"], row["epoch"]) == (first["chain"], first["epoch"] - 1)]
        if len(closed) != sent["rows_seen"]:
            return refused(409, "rows")
        if any(self.stale(one) for one in sent["cards"]):
            return refused(409, "list")
        if sent["locator"]:
            case.locator = sent["locator"]
            case.wraps = [row for row in case.wraps if row["reader"] != "receipt"]
        for one in sent["cards"]:
            self.store_card(case, one)
        case.wraps += sent["wraps"]
        return said(201, {})

    def me(self, method: str, parts: list[str], body: bytes) -> Answer:
        files = [{"kind": "passphrase", "file": file} for file in self.identities]
        return said(
            200,
            {
                "member": self.member,
                "team": self.team,
                "salt": SALT.hex(),
                "identities": files,
                "newest": self.texts[-1],
                "lists": self.lists,
                "keyring": self.kept.get("keyring", ""),
                "roster": "",
            },
        )

    def queue(self, method: str, parts: list[str], body: bytes) -> Answer:
        return said(200, {"cases": [self.line(case) for case in self.cases.values()], "pages": 1, "overdue": 0})

    def line(self, case: StoredCase) -> dict:
        def place(chain: str) -> dict:
            epoch = case.newest(chain)
            card = next(row["card"] for row in case.cards if (row["chain"], row["epoch"]) == (chain, epoch))
            mine = (chain, epoch, self.member)
            wrap = next(row["wrap"] for row in case.wraps if (row["chain"], row["epoch"], row["reader"]) == mine)
            return {"epoch": epoch, "card": card, "wrap": wrap}

        summaries = [row for row in case.records if row["kind"] == "summary"]
        return place("case") | {
            "case": case.id,
            "reference": "A-1",
            "status": "received",
            "urgency": case.urgency,
            "received": "2026-11-23",
            "unread": True,
            "with": "",
            "notes": place("notes") if case.newest("notes") else None,
            "first": case.records[0],
            "summary": summaries[-1] if summaries else None,
        }

    def own(self, method: str, parts: list[str], body: bytes) -> Answer:
        if method == "PUT":
            self.kept[parts[1]] = json.loads(body)["sealed"]
        if method == "DELETE":
            self.kept.pop(parts[1], None)
        if method != "GET":
            return said(204)
        return said(200, {"sealed": self.kept[parts[1]]}) if parts[1] in self.kept else refused(404, "name")
