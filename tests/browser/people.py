"""A team for the browser tests: members from fixed seeds, a root, and lists signed for today by the Python side."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hrdplatform.sealing import ed25519, lists, members
from hrdplatform.sealing.fields import NO_HASH
from hrdplatform.sealing.lists import Member, MemberList

ROOT_SEED = bytes([9]) * 32
TEAM = "ab" * 16


def keys(number: int) -> members.MemberKeys:
    return members.member_keys(bytes([number]) * 32)


def member(number: int, *, kind: str = "reader", scope: str = "intake", seed: int | None = None) -> Member:
    own = keys(seed or number)
    return Member(f"m{number:02}", own.kem_public, kind, scope, own.sig_public)


THREE = (member(1), member(2, scope="case"), member(3, kind="recovery"))


def first_list(given: tuple[Member, ...] = THREE, root_seed: bytes = ROOT_SEED, *, demo: bool = False) -> MemberList:
    today = datetime.now(UTC).date()
    return MemberList(
        demo=demo,
        expires=today + timedelta(days=30),
        issued=today,
        members=given,
        next_root="",
        partners=(),
        prev=NO_HASH,
        root=ed25519.public_key(root_seed),
        roster=NO_HASH,
        seq=1,
        team=TEAM,
    )


def signed(listed: MemberList, root_seed: bytes = ROOT_SEED) -> str:
    return lists.build(listed, root_seed)


def next_list(before: str, given: tuple[Member, ...], **changes: object) -> str:
    parsed = lists.parse(before)
    return signed(
        replace(
            parsed,
            members=tuple(sorted(given, key=lambda one: one.id)),
            prev=parsed.hash,
            seq=parsed.seq + 1,
            **changes,
        )
    )
