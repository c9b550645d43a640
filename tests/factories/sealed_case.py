"""A team and a case in memory, made with the real functions: what a test changes about them is the only thing wrong."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256

from hrdplatform.sealing import cases, ed25519, epochs, lists, pins, reading, writing
from hrdplatform.sealing.epochs import Author, Change, NewEpoch
from hrdplatform.sealing.lists import Member, MemberList
from hrdplatform.sealing.members import MemberKeys, member_keys
from hrdplatform.sealing.stored import Defender, StoredCard, StoredCase, StoredRecord, StoredWrap
from hrdplatform.sealing.stored import Member as Viewing
from hrdplatform.sealing.verdicts import CaseView
from hrdplatform.sealing.writing import NewRecord, Turn

AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)

PEOPLE = {
    "m01": ("reader", "intake"),
    "m02": ("reader", "intake"),
    "m03": ("recovery", "intake"),
    "m04": ("reader", "case"),
}


def seed(name: str) -> bytes:
    """A seed that is the same in every run, so that a failure can be repeated."""
    return sha256(b"test " + name.encode()).digest()


@dataclass
class Team:
    """A team with its root and the lists it has signed."""

    name: str = "one"
    texts: dict[str, str] = field(default_factory=dict)
    newest: MemberList = field(init=False)

    def __post_init__(self) -> None:
        self.root_seed = seed(f"root of {self.name}")
        first = MemberList(
            demo=False,
            expires=date(2027, 1, 24),
            issued=date(2026, 11, 23),
            members=self.members(*PEOPLE),
            next_root="",
            partners=(),
            prev="0" * 64,
            root=ed25519.public_key(self.root_seed),
            roster="0" * 64,
            seq=1,
            team=seed(f"team {self.name}")[:16].hex(),
        )
        self.newest = self.signed(first)

    def members(self, *ids: str) -> tuple[Member, ...]:
        return tuple(self.member(who) for who in ids)

    def member(self, who: str, generation: str = "") -> Member:
        keys = self.keys(who, generation)
        kind, scope = PEOPLE[who]
        return Member(who, keys.kem_public, kind, scope, keys.sig_public)

    def keys(self, who: str, generation: str = "") -> MemberKeys:
        return member_keys(seed(f"{who}{generation} of {self.name}"))

    def signed(self, listed: MemberList, root_seed: bytes | None = None) -> MemberList:
        """Sign a list as it stands and serve it; it does not become the newest."""
        text = lists.build(listed, root_seed or self.root_seed)
        found = lists.parse(text)
        self.texts[found.hash] = text
        return found

    def next(self, **changes: object) -> MemberList:
        """Sign the list after the newest, with changes, and make it the newest."""
        after = replace(self.newest, prev=self.newest.hash, seq=self.newest.seq + 1, **changes)
        self.newest = self.signed(after)
        return self.newest


@dataclass
class Case:
    """A case as a server holds it: rows in lists that a test may tamper with, and writers who follow the rules."""

    team: Team = field(default_factory=Team)
    defender: Defender = field(default_factory=lambda: Defender(seed("kem"), seed("sig")))
    arrival: str = "browser"

    def __post_init__(self) -> None:
        self.cards: list[StoredCard] = []
        self.wraps: dict[tuple[str, int, str], bytes] = {}
        self.records: list[StoredRecord] = []
        first = epochs.open_case(self.team.newest, self.defender, arrival=self.arrival)
        self.id = first.epoch.signed.case
        self.add(first)

    def add(self, opened: NewEpoch) -> NewEpoch:
        chain, number = opened.epoch.signed.card.chain, opened.epoch.number
        self.cards.append(StoredCard(chain, number, opened.container))
        self.wraps |= {(chain, number, reader): blob for reader, blob in opened.wraps.items()}
        return opened

    def add_record(self, chain: str, epoch: int, record: NewRecord) -> NewRecord:
        row = f"{len(self.records):032x}"
        self.records.append(StoredRecord(row, chain, epoch, record.kind, record.sealed))
        return record

    def author(self, who: str) -> Author:
        return Author(who, self.defender.sig_seed if who == "defender" else self.team.keys(who).sig)

    def viewer(self, who: str, **remembered: object) -> Defender | Viewing:
        if who == "defender":
            return self.defender
        keys = self.team.keys(who)
        return Viewing(who, (keys.kem,), keys.sig, **{"pinned": pins.pin(self.team.newest), **remembered})

    def stored(self, reader: str) -> StoredCase:
        own = "receipt" if reader == "defender" else reader
        mine = [StoredWrap(chain, epoch, blob) for (chain, epoch, who), blob in self.wraps.items() if who == own]
        cards, records = self.cards, self.records
        if reader == "defender":
            cards = [row for row in cards if row.chain == "case"]
            records = [row for row in records if row.chain == "case"]
        return StoredCase(self.id, tuple(cards), tuple(mine), tuple(records), dict(self.team.texts))

    def view(self, reader: str, **remembered: object) -> CaseView:
        return cases.verify(self.stored(reader), self.viewer(reader, **remembered))

    def turn(self, who: str, chain: str = "case") -> Turn:
        seen = self.view(who).chains[chain]
        return Turn(self.author(who), AT, reading.heads(seen.trusted(seen.newest.number)))

    def write(self, who: str, text: str, chain: str = "case") -> NewRecord:
        newest = self.view(who).chains[chain].newest
        return self.add_record(chain, newest.number, writing.write_message(newest, self.turn(who, chain), text))

    def reopen(self, who: str, change: Change = epochs.UNCHANGED) -> NewEpoch:
        newest = self.view(who).messages.newest
        heads = self.turn(who).after if newest.seed else ()
        return self.add(
            epochs.open_epoch(newest.signed, self.team.newest, self.author(who), heads=heads, change=change)
        )

    def open_notes(self, who: str) -> NewEpoch:
        seen = self.view(who)
        before = seen.notes.newest
        heads = reading.heads(seen.notes.trusted(before.number)) if before else ()
        opened = epochs.open_notes(
            seen.messages.newest, self.author(who), before=before.signed if before else None, heads=heads
        )
        return self.add(opened)


def failures(view: CaseView) -> set[str]:
    """The names of everything wrong in a view."""
    return {problem.failure.value for problem in view.problems}


def texts(view: CaseView, chain: str = "case") -> list[str]:
    """The texts that a page would show, in order."""
    return [record.body.text for record in view.chains[chain].records if record.body is not None]
