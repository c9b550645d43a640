"""The roster: the names behind the ids of a member list, signed by the team's root and sealed to each member.

File: body LF base64(signature over `P"sig/roster" || 0 || body`) LF; the list carries H(body). The body is canonical:
`{"members":[{"id":"m01","name":"","publish":0|1}],"salt":hex16,"seq":7,"team":hex16,"v":1}`; the random salt keeps the
hash in the public list from confirming guessed names. `publish` is the member's own agreement to be named on the team's
page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from hrdplatform.sealing import canonical, ed25519, fields, records
from hrdplatform.sealing.age import sealed
from hrdplatform.sealing.canonical import CanonicalError, Value
from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.lists import MemberList, sign, split

KEYS = frozenset({"members", "salt", "seq", "team", "v"})
NAME_KEYS = frozenset({"id", "name", "publish"})
LONGEST_NAME = 255


class RosterRefusedError(SealingError):
    """A roster that is well formed, but not the one that the list names."""


@dataclass(frozen=True)
class Named:
    """The name of a member, and whether it may be published."""

    id: str
    name: str
    publish: bool


@dataclass(frozen=True)
class Roster:
    """The names of one member list."""

    members: tuple[Named, ...]
    salt: str
    seq: int
    team: str


def build(roster: Roster, root_seed: bytes) -> str:
    """Return the signed file of `roster`."""
    return sign(body(roster), "roster", root_seed)


def body(roster: Roster) -> bytes:
    """Return the canonical body, whose SHA-256 stands in the list."""
    members: list[Value] = [{"id": one.id, "name": one.name, "publish": int(one.publish)} for one in roster.members]
    return canonical.emit({"members": members, "salt": roster.salt, "seq": roster.seq, "team": roster.team, "v": 1})


def parse(file: str, listed: MemberList) -> Roster:
    """Return the roster of `listed`. Raises `CanonicalError`, `SignatureError`, or `RosterRefusedError` if it belongs
    to another.
    """
    raw, signature = split(file)
    if sha256(raw).hexdigest() != listed.roster:
        raise RosterRefusedError("not the roster that the list names")
    ed25519.verify(listed.root, records.signed_bytes("roster", raw), signature)
    found = canonical.parse_object(raw, KEYS)
    fields.literal(found["v"], 1)
    roster = Roster(
        _members(found["members"]),
        fields.hex16(found["salt"]),
        fields.number(found["seq"], least=1),
        fields.hex16(found["team"]),
    )
    if (roster.team, roster.seq) != (listed.team, listed.seq):
        raise RosterRefusedError("a roster of another list")
    return roster


def seal(file: str, listed: MemberList) -> dict[str, bytes]:
    """Return the roster's file sealed to each member of `listed`, by id: one age file with one stanza each."""
    return {member.id: sealed.seal(file.encode("ascii"), member.kem) for member in listed.members}


def open_sealed(blob: bytes, kem_seed: bytes, listed: MemberList) -> Roster:
    """Return the roster that `blob` holds for the owner of `kem_seed`. Raises a `SealingError`."""
    opened = sealed.open_sealed(blob, kem_seed)
    if not opened.isascii():
        raise CanonicalError("a roster that is not ASCII")
    return parse(opened.decode("ascii"), listed)


def _members(value: Value) -> tuple[Named, ...]:
    if not isinstance(value, list):
        raise CanonicalError("members are no array")
    found = tuple(_named(canonical.exact(item, NAME_KEYS)) for item in value)
    ids = [one.id for one in found]
    if ids != sorted(set(ids)):
        raise CanonicalError("members not sorted by id, or one given twice")
    return found


def _named(found: Mapping[str, Value]) -> Named:
    fields.literal(found["publish"], 0, 1)
    return Named(
        fields.member_id(found["id"]), fields.text(found["name"], most=LONGEST_NAME), publish=found["publish"] == 1
    )
