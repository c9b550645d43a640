"""Signed member lists: who may read in a team, signed off-line by the team's root; parsed, built and looked up.

File: body LF base64(signature over `P"sig/list" || 0 || body`) LF. Its hash = H(body). All old lists are served for
ever by hash. The list carries ids and public keys, never names. sealing.md 4; whether one list follows another: `pins`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from hrdplatform.sealing import canonical, ed25519, fields, records
from hrdplatform.sealing.canonical import CanonicalError, Value

KEYS = frozenset(
    {"demo", "expires", "issued", "members", "next_root", "partners", "prev", "root", "roster", "seq", "team", "v"}
)
MEMBER_KEYS = frozenset({"id", "kem", "kind", "scope", "sig"})
PARTNER_KEYS = frozenset({"name", "root"})
LONGEST_NAME = 255


@dataclass(frozen=True)
class Member:
    """One who can read: `kind` reader or recovery, `scope` intake or case; `kem` 1,216 and `sig` 32 public bytes."""

    id: str
    kem: bytes
    kind: str
    scope: str
    sig: bytes


@dataclass(frozen=True)
class Partner:
    """Another team to which cases may be referred; its lists are fetched and verified under `root` (32 bytes)."""

    name: str
    root: bytes


@dataclass(frozen=True)
class MemberList:
    """A list whose signature under its own root was verified. That the root is the right one is the pin's to say."""

    demo: bool
    expires: date
    issued: date
    members: tuple[Member, ...]
    next_root: str
    partners: tuple[Partner, ...]
    prev: str
    root: bytes
    roster: str
    seq: int
    team: str
    hash: str = ""
    """H(body); filled by `parse`, the only way to a list that is trusted."""

    def member(self, member_id: str) -> Member | None:
        """The member of that id, or None."""
        return next((member for member in self.members if member.id == member_id), None)


def sign(body: bytes, name: str, seed: bytes) -> str:
    """Return the file of a signed `body`: body, LF, base64 of the signature as `name` ("list" or "roster"), LF."""
    return body.decode("ascii") + "\n" + fields.spell(ed25519.sign(seed, records.signed_bytes(name, body))) + "\n"


def split(file: str) -> tuple[bytes, bytes]:
    """Return body and signature of a signed file. Raises `CanonicalError` unless it is exactly two lines."""
    lines = file.split("\n")
    if len(lines) != 3 or lines[2] or not lines[0].isascii():
        raise CanonicalError("not a body and a signature, each ended by LF")
    return lines[0].encode("ascii"), fields.octets(lines[1], ed25519.SIGNATURE_LENGTH)


def parse(file: str) -> MemberList:
    """Return the list written in `file`. Raises `CanonicalError`, or `SignatureError` if its own root did not sign
    it.
    """
    body, signature = split(file)
    found = canonical.parse_object(body, KEYS)
    fields.literal(found["v"], 1)
    fields.literal(found["demo"], 0, 1)
    root = bytes.fromhex(fields.hash_hex(found["root"]))
    ed25519.verify(root, records.signed_bytes("list", body), signature)
    return MemberList(
        demo=found["demo"] == 1,
        expires=fields.day(found["expires"]),
        issued=fields.day(found["issued"]),
        members=_members(found["members"]),
        next_root=fields.hash_or_nothing(found["next_root"]),
        partners=_partners(found["partners"]),
        prev=fields.hash_hex(found["prev"]),
        root=root,
        roster=fields.hash_hex(found["roster"]),
        seq=fields.number(found["seq"], least=1),
        team=fields.hex16(found["team"]),
        hash=sha256(body).hexdigest(),
    )


def build(listed: MemberList, root_seed: bytes) -> str:
    """Return the file of `listed`, signed by the 32-byte `root_seed`. Used for demonstration and tests; a team's root
    never enters the platform, its lists come from the off-line script. Raises `CanonicalError`.
    """
    return sign(canonical.emit(_spell(listed)), "list", root_seed)


def root_hash(root: bytes) -> str:
    """Return what stands in `next_root` for the 32 raw bytes of a root."""
    return sha256(root).hexdigest()


def _members(value: Value) -> tuple[Member, ...]:
    if not isinstance(value, list):
        raise CanonicalError("members are no array")
    members = tuple(_member(item) for item in value)
    ids = [member.id for member in members]
    if ids != sorted(set(ids)):
        raise CanonicalError("members not sorted by id, or one given twice")
    return members


def _member(value: Value) -> Member:
    found = canonical.exact(value, MEMBER_KEYS)
    return Member(
        id=fields.member_id(found["id"]),
        kem=fields.octets(found["kem"], fields.KEM_LENGTH),
        kind=fields.choice(found["kind"], "reader", "recovery"),
        scope=fields.choice(found["scope"], "intake", "case"),
        sig=fields.octets(found["sig"], fields.SIG_LENGTH),
    )


def _partners(value: Value) -> tuple[Partner, ...]:
    if not isinstance(value, list):
        raise CanonicalError("partners are no array")
    return tuple(_partner(canonical.exact(item, PARTNER_KEYS)) for item in value)


def _partner(found: Mapping[str, Value]) -> Partner:
    return Partner(fields.text(found["name"], most=LONGEST_NAME), bytes.fromhex(fields.hash_hex(found["root"])))


def _spell(listed: MemberList) -> dict[str, Value]:
    return {
        "demo": int(listed.demo),
        "expires": listed.expires.isoformat(),
        "issued": listed.issued.isoformat(),
        "members": [_spell_member(member) for member in listed.members],
        "next_root": listed.next_root,
        "partners": [{"name": partner.name, "root": partner.root.hex()} for partner in listed.partners],
        "prev": listed.prev,
        "root": listed.root.hex(),
        "roster": listed.roster,
        "seq": listed.seq,
        "team": listed.team,
        "v": 1,
    }


def _spell_member(member: Member) -> dict[str, Value]:
    return {
        "id": member.id,
        "kem": fields.spell(member.kem),
        "kind": member.kind,
        "scope": member.scope,
        "sig": fields.spell(member.sig),
    }
