"""A legal-aid team in the database whose lists a test root signed, and the people who would sit in front of its pages.

`Browser` stands in for the page on a defender's device or at the desk: it seals and opens with the real functions and
speaks to the real addresses through Django's client.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hrdplatform.accounts.models import User
from hrdplatform.organisations.models import Membership, Organisation
from hrdplatform.organisations.states import Role
from hrdplatform.sealing import cases, ed25519, epochs, lists, reading, writing
from hrdplatform.sealing.epochs import Author, NewEpoch
from hrdplatform.sealing.labels import hashed
from hrdplatform.sealing.lists import MemberList
from hrdplatform.sealing.receipts import locator
from hrdplatform.sealing.stored import Defender, StoredCard, StoredCase, StoredRecord, StoredWrap
from hrdplatform.sealing.stored import Member as Viewing
from hrdplatform.sealing.verdicts import CaseView
from hrdplatform.sealing.writing import NewRecord, Turn
from legal_aid.models import SignedList, Team, TeamMember
from legal_aid.states import MemberState, TeamRole
from tests.factories import sealed_case

PART = 8 * 1024 * 1024
BASE = "/en/aid/sealed/"
DESK = "/desk/sealed/"


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


class SignedTeam(sealed_case.Team):
    """A team in memory whose first list was issued today, so that it serves for writing whenever tests run."""

    def __post_init__(self) -> None:
        self.root_seed = sealed_case.seed(f"root of {self.name}")
        today = datetime.now(UTC).date()
        self.newest = self.signed(
            MemberList(
                demo=False,
                expires=today + timedelta(days=60),
                issued=today,
                members=self.members(*sealed_case.PEOPLE),
                next_root="",
                partners=(),
                prev="0" * 64,
                root=ed25519.public_key(self.root_seed),
                roster="0" * 64,
                seq=1,
                team=sealed_case.seed(f"team {self.name}")[:16].hex(),
            )
        )


@dataclass
class StoredTeam:
    """The rows of a team beside the keys that a test knows."""

    row: Team
    signed: SignedTeam
    users: dict[str, User]

    @property
    def hex(self) -> str:
        return self.signed.newest.team

    def next_list(self, **changes: object) -> MemberList:
        """Sign the next list and make it the newest, as `import_list` would."""
        listed = self.signed.next(**changes)
        self.row.newest = store_list(self.row, self.signed.texts[listed.hash])
        self.row.save()
        return listed


def organisation(name: str = "Passerelle") -> Organisation:
    return Organisation.objects.create(name=name, slug=name.lower())


def user(name: str) -> User:
    """Somebody with an account; the password is never needed, and hashing it would slow every test."""
    person = User(email=f"{name}@example.org", name=name, language="en")
    person.set_unusable_password()
    person.save()
    return person


def belongs(person: User, to: Organisation, role: Role = Role.MEMBER) -> None:
    """Make somebody a member of an organisation."""
    Membership.objects.create(user=person, organisation=to, role=role, since=datetime.now(UTC))


def store_list(row: Team, text: str) -> SignedList:
    listed = lists.parse(text)
    return SignedList.objects.create(
        hash=listed.hash,
        team=row,
        seq=listed.seq,
        prev=listed.prev,
        issued=listed.issued,
        expires=listed.expires,
        text=text,
    )


def team(name: str = "one") -> StoredTeam:
    """A team with three readers (m01 leads; m04 reads single cases) and a recovery key, its first list signed."""
    signed = SignedTeam(name)
    users = {member: user(f"{member}-{name}") for member in ("m01", "m02", "m04")}
    row = Team.objects.create(
        organisation=organisation(f"Organisation {name}".replace(" ", "-")),
        name=f"Team {name}",
        languages=["fr", "en"],
        lead=users["m01"],
    )
    for member, person in users.items():
        belongs(person, row.organisation)
        keys = signed.keys(member)
        TeamMember.objects.create(
            team=row,
            user=person,
            member=member,
            role=TeamRole.LEAD if member == "m01" else TeamRole.LAWYER,
            scope=sealed_case.PEOPLE[member][1],
            state=MemberState.ACTIVE,
            kem=keys.kem_public,
            sig=keys.sig_public,
        )
    row.newest = store_list(row, signed.texts[signed.newest.hash])
    row.hex, row.root = signed.newest.team, signed.newest.root.hex()
    row.save()
    return StoredTeam(row, signed, users)


def record_json(record: NewRecord) -> dict[str, str]:
    return {"id": record.id, "kind": record.kind, "sealed": b64(record.sealed)}


def card_json(opened: NewEpoch) -> dict[str, object]:
    signed = opened.epoch.signed
    return {
        "chain": signed.card.chain,
        "epoch": opened.epoch.number,
        "card": b64(opened.container),
        "wraps": {reader: b64(blob) for reader, blob in opened.wraps.items()},
    }


def sealed_file(size: int = 70_000) -> tuple[list[bytes], dict[str, object]]:
    """Random bytes in the place of a sealed file, cut into parts, and what a message says of them."""
    whole = secrets.token_bytes(size)
    parts = [whole[start : start + PART] for start in range(0, size, PART)]
    hashes = [hashlib.sha256(part).digest() for part in parts]
    digest = hashed("file", size.to_bytes(8, "big"), len(parts).to_bytes(4, "big"), *hashes).hex()
    return parts, {"digest": digest, "parts": len(parts), "sealed": size}


def stored_case(answer: dict[str, object]) -> StoredCase:
    """The rows of `GET case/`."""
    chain = lambda row: row.get("chain", "case")  # noqa: E731
    raw = lambda row, name: base64.b64decode(row[name])  # noqa: E731
    return StoredCase(
        answer["case"],
        tuple(StoredCard(chain(row), row["epoch"], raw(row, "card")) for row in answer["cards"]),
        tuple(StoredWrap(chain(row), row["epoch"], raw(row, "wrap")) for row in answer["wraps"]),
        tuple(
            StoredRecord(row["row"], chain(row), row["epoch"], row["kind"], raw(row, "sealed"))
            for row in answer["records"]
        ),
        answer["lists"],
    )


@dataclass
class Browser:
    """A defender's page: her receipt's keys, the visit, and a client."""

    client: object
    team: StoredTeam
    token: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    keys: Defender = field(default_factory=lambda: Defender(secrets.token_bytes(32), secrets.token_bytes(32)))
    visit: str = field(default_factory=lambda: secrets.token_hex(32))
    case: str = ""

    @property
    def receipt(self) -> dict[str, str]:
        return {"Authorization": f"Receipt {b64(self.token)}"}

    @property
    def locator(self) -> str:
        return locator(self.token).hex()

    def post(self, path: str, body: dict[str, object], **headers: str):
        return self.client.post(BASE + path, json.dumps(body), content_type="application/json", headers=headers)

    def request(self, text: str = "They are at my door.", urgency: str = "soon", uploads: tuple = ()) -> dict:
        """A sealed request, ready to be sent."""
        opened = epochs.open_case(self.team.signed.newest, self.keys, arrival="browser")
        message = writing.write_message(opened.epoch, self.turn(), text)
        return {
            "team": self.team.hex,
            "locator": self.locator,
            "urgency": urgency,
            "card": card_json(opened),
            "records": [record_json(message)],
            "uploads": list(uploads),
        }

    def turn(self, after: tuple[str, ...] = ()) -> Turn:
        return Turn(Author("defender", self.keys.sig_seed), datetime.now(UTC), after)

    def send(self, request: dict):
        return self.post("cases/", request, **{"X-Visit": self.visit})

    def open_case(self, text: str = "They are at my door.", **options: object) -> str:
        answer = self.send(self.request(text, **options))
        assert answer.status_code == 201, answer.content
        self.case = answer.json()["case"]
        return self.case

    def upload(self, size: int = 70_000, **headers: str) -> dict[str, object]:
        """Send a file's parts; returns the UPLOAD entry that claims them."""
        headers = headers or {"X-Visit": self.visit}
        parts, manifest = sealed_file(size)
        begun = self.post("uploads/", {"sealed": size, "parts": len(parts)}, **headers)
        assert begun.status_code == 201, begun.content
        upload = begun.json()["upload"]
        for number, part in enumerate(parts, start=1):
            assert self.put(upload, number, part, **headers).status_code == 201
        return {"upload": upload, **manifest}

    def put(self, upload: str, number: int, part: bytes, sha256: str = "", **headers: str):
        return self.client.put(
            f"{BASE}uploads/{upload}/{number}/",
            part,
            content_type="application/octet-stream",
            headers={
                "X-Part-SHA256": sha256 or hashlib.sha256(part).hexdigest(),
                **(headers or {"X-Visit": self.visit}),
            },
        )

    def fetch(self):
        return self.client.get(BASE + "case/", headers=self.receipt)

    def view(self) -> CaseView:
        return cases.verify(stored_case(self.fetch().json()), self.keys)

    def write(self, text: str, **options: object):
        """Write a message under the newest epoch as it verifies now."""
        return self.post("records/", self.message(text, **options), **self.receipt)

    def message(self, text: str, uploads: tuple = ()) -> dict:
        seen = self.view().messages
        record = writing.write_message(seen.newest, self.turn(reading.heads(seen.trusted(seen.newest.number))), text)
        return {
            "case": self.case,
            "chain": "case",
            "epoch": seen.newest.number,
            "records": [record_json(record)],
            "uploads": list(uploads),
        }

    def replacement(self) -> tuple[dict, "Browser"]:
        """A replaced receipt, ready to be sent, and the page that would hold the new one."""
        seen = self.view().messages
        new = Browser(self.client, self.team, case=self.case)
        heads = reading.heads(seen.trusted(seen.newest.number))
        made = epochs.replace_receipt(
            seen, self.team.signed.newest, Author("defender", self.keys.sig_seed), new.keys, heads=heads
        )
        body = {
            "case": self.case,
            "cards": [card_json(made.first), card_json(made.second)],
            "rows_seen": len(seen.trusted(seen.newest.number)),
            "wraps": [
                {"chain": wrap.chain, "epoch": wrap.epoch, "reader": wrap.reader, "wrap": b64(wrap.sealed)}
                for wrap in made.wraps
            ],
            "locator": new.locator,
            "records": [],
        }
        return body, new


@dataclass
class Desk:
    """A member's page at the desk, signed in with a verified second factor."""

    client: object
    team: StoredTeam
    id: str = "m01"

    def __post_init__(self) -> None:
        self.keys = self.team.signed.keys(self.id)

    def get(self, path: str):
        return self.client.get(DESK + path)

    def post(self, path: str, body: dict[str, object]):
        return self.client.post(DESK + path, json.dumps(body), content_type="application/json")

    def viewer(self) -> Viewing:
        return Viewing(self.id, (self.keys.kem,), self.keys.sig)

    def view(self, case: str) -> CaseView:
        return cases.verify(stored_case(self.get(f"case/{case}/").json()), self.viewer())

    def turn(self, after: tuple[str, ...] = ()) -> Turn:
        return Turn(Author(self.id, self.keys.sig), datetime.now(UTC), after)

    def write(self, case: str, text: str):
        seen = self.view(case).messages
        record = writing.write_message(seen.newest, self.turn(reading.heads(seen.trusted(seen.newest.number))), text)
        body = {"case": case, "chain": "case", "epoch": seen.newest.number, "records": [record_json(record)]}
        return self.post("records/", {**body, "uploads": []})

    def epoch(self, case: str, change: epochs.Change = epochs.UNCHANGED, listed: MemberList | None = None) -> dict:
        """A new epoch of the case chain, ready to be sent."""
        seen = self.view(case).messages
        rows = seen.trusted(seen.newest.number)
        opened = epochs.open_epoch(
            seen.newest.signed,
            listed or self.team.signed.newest,
            Author(self.id, self.keys.sig),
            heads=reading.heads(rows),
            change=change,
        )
        return {
            "case": case,
            "cards": [card_json(opened)],
            "rows_seen": len(rows),
            "wraps": [],
            "locator": "",
            "records": [],
        }


def days_ago(days: int) -> date:
    return datetime.now(UTC).date() - timedelta(days=days)
