"""The way of the member list: out as a request file, signed off-line by the team's root, back as the newest list.

The site proposes and the root decides; what comes back is verified before it counts, and every list is kept for ever,
so that each case can be checked from its first card on. File formats are those of `deploy/team_keys.py`. sealing.md 4
and 5.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from hrdplatform import audit
from hrdplatform.accounts.domain.sessions import end_sessions
from hrdplatform.accounts.models import User
from hrdplatform.audit import Event
from hrdplatform.sealing import pins
from hrdplatform.sealing.age.sealed import check_outside
from hrdplatform.sealing.demo import is_demo_root
from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.lists import Member, MemberList
from legal_aid.models import SealedRoster, SignedList, Team, TeamMember
from legal_aid.states import MemberState, Scope

from . import leaving, lists

REQUEST = "hrdplatform-team-request"
ANSWER = "hrdplatform-team-list"
RECOVERY_NAME = "recovery"


class ListRefusedError(Exception):
    """A list that does not follow from the newest, or names other keys than were proposed; `why` is a word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class SignedAnswer:
    """What the off-line script wrote: the list's text, and the roster of names sealed to each reader."""

    text: str
    rosters: Mapping[str, bytes] = field(repr=False)


def request_file(team: Team, *, by: User, at: datetime) -> str:
    """The file that the lead takes to the off-line script: all members as they shall stand on the next list, as JSON.

    Without those who left the organisation. Public keys and names only. Recovery keys of the newest list stay on it;
    new ones come from the script itself.
    """
    listed = lists.newest(team) if team.newest is not None else None
    rows = TeamMember.objects.standing().belonging().filter(team=team).select_related("user")
    members = [_wish(row) for row in rows if row.kem and leaving.stays(row)]
    members += [_kept(one) for one in (listed.members if listed else ()) if one.kind == "recovery"]
    partners = [{"name": one.name, "root": one.root.hex()} for one in (listed.partners if listed else ())]
    audit.record(Event.LIST_REQUESTED, actor=f"user:{by.pk}", object=f"team:{team.pk}", at=at)
    return json.dumps(
        {
            "format": REQUEST,
            "v": 1,
            "team": team.hex,
            "previous": team.newest.text if team.newest else "",
            "members": sorted(members, key=lambda member: member["id"]),
            "partners": partners,
        },
        indent=1,
    )


def read_answer(raw: bytes) -> SignedAnswer:
    """The answer of the off-line script. Raises `ListRefusedError`."""
    try:
        found = json.loads(raw)
        if found["format"] != ANSWER or found["v"] != 1 or not isinstance(found["list"], str):
            raise ListRefusedError("file")
        rosters = {str(reader): base64.b64decode(blob, validate=True) for reader, blob in found["rosters"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error) as error:
        raise ListRefusedError("file") from error
    return SignedAnswer(found["list"], rosters)


def _wish(row: TeamMember) -> dict[str, Any]:
    return {
        "id": row.member,
        "kem": base64.b64encode(row.kem).decode("ascii"),
        "kind": "reader",
        "name": row.user.name or row.member,
        "publish": int(row.publishes_name),
        "scope": row.scope,
        "sig": base64.b64encode(row.sig).decode("ascii"),
    }


def _kept(one: Member) -> dict[str, Any]:
    return {
        "id": one.id,
        "kem": base64.b64encode(one.kem).decode("ascii"),
        "kind": one.kind,
        "name": RECOVERY_NAME,
        "publish": 0,
        "scope": one.scope,
        "sig": base64.b64encode(one.sig).decode("ascii"),
    }


def import_list(team: Team, answer: SignedAnswer, *, by: User, at: datetime) -> SignedList:
    """Make a list that the root signed the team's newest; returns its row. The same list twice is one.

    Verified here: signature, descent from the newest (or first of its team), days, keys as proposed, that no removed
    member comes back and that a second member confirmed who goes. Raises `ListRefusedError`, whose `why` names what is
    wrong.
    """
    listed = _parsed(answer.text)
    with transaction.atomic():
        team = Team.objects.select_for_update(of=("self",)).select_related("newest").get(pk=team.pk)
        if team.newest_id == listed.hash:
            return _known_list(team)
        _check_follows(team, listed, at=at)
        members = {member.member: member for member in TeamMember.objects.select_for_update().filter(team=team)}
        _check_members(listed, members)
        row = _insert_list(team, listed, answer)
        _renew_members(listed, members)
        audit.record(
            Event.LIST_IMPORTED,
            actor=f"user:{by.pk}",
            object=f"team:{team.pk}",
            at=at,
            seq=listed.seq,
            list=listed.hash,
        )
    return row


def _parsed(text: str) -> MemberList:
    try:
        return lists.parsed(text)
    except SealingError as error:
        raise ListRefusedError("signature") from error


def _known_list(team: Team) -> SignedList:
    if team.newest is None:
        raise ListRefusedError("unknown")
    return team.newest


def _check_follows(team: Team, listed: MemberList, *, at: datetime) -> None:
    if listed.demo != is_demo_root(listed.root) or (listed.demo and not lists.demo_allowed()):
        raise ListRefusedError("demo")
    try:
        pins.verify_for_writing(listed, today=at.date(), demo_allowed=lists.demo_allowed())
    except pins.ListRefusedError as error:
        raise ListRefusedError("days") from error
    if team.newest is None:
        if not pins.is_first(listed) or Team.objects.filter(hex=listed.team).exists():
            raise ListRefusedError("first")
        return
    before = lists.newest(team)
    known = lists.all_of(team)
    try:
        pins.verify(listed, pins.pin(before), known)
    except pins.ListRefusedError as error:
        raise ListRefusedError("descent") from error
    if listed.seq != before.seq + 1:
        raise ListRefusedError("descent")


def _check_members(listed: MemberList, members: Mapping[str, TeamMember]) -> None:
    """Every reader on the list is a member here with just these keys: the lead signed what the members proposed.

    A recovery key takes no member's place: its keys would go unlooked at, and a reader would be gone without a second.
    """
    for one in listed.members:
        if one.kind == "recovery":
            if one.id in members:
                raise ListRefusedError("member")
            continue
        row = members.get(one.id)
        if row is None or row.state == MemberState.REMOVED or not leaving.belongs(row):
            raise ListRefusedError("member")
        if (bytes(row.kem), bytes(row.sig)) != (one.kem, one.sig):
            raise ListRefusedError("keys")
    if not any(one.kind == "reader" and one.scope == Scope.INTAKE for one in listed.members):
        raise ListRefusedError("readers")
    if not leaving.is_confirmed(listed, members):
        raise ListRefusedError("second")


def _insert_list(team: Team, listed: MemberList, answer: SignedAnswer) -> SignedList:
    if not answer.rosters.keys() <= {one.id for one in listed.members}:
        raise ListRefusedError("roster")
    row = SignedList.objects.create(
        hash=listed.hash,
        team=team,
        seq=listed.seq,
        prev=listed.prev,
        issued=listed.issued,
        expires=listed.expires,
        text=answer.text,
    )
    SealedRoster.objects.bulk_create(
        [SealedRoster(list=row, reader=reader, sealed=_roster(sealed)) for reader, sealed in answer.rosters.items()]
    )
    team.hex, team.root, team.newest = listed.team, listed.root.hex(), row
    team.save(update_fields=["hex", "root", "newest"])
    return row


def _roster(sealed: bytes) -> bytes:
    try:
        check_outside(sealed)
    except SealingError as error:
        raise ListRefusedError("roster") from error
    return sealed


def _renew_members(listed: MemberList, members: Mapping[str, TeamMember]) -> None:
    """Who is on the list is active, with the list's scope; who was active and is not on it any more is removed."""
    for id_, member in members.items():
        one = listed.member(id_)
        if one is not None:
            member.state, member.scope = MemberState.ACTIVE, one.scope
        elif member.state == MemberState.ACTIVE:
            member.state, member.removal_asked = MemberState.REMOVED, False
            end_sessions(member.user)
        member.save(update_fields=["state", "scope", "removal_asked"])
