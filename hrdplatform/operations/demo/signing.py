"""Member lists signed by the published demo roots: the first one, and a new one before the old one runs out.

A true root never enters the platform; these are known to everybody, and the lists say so (`demo: 1`). What stands
proposed on the team's page is signed at the next start, so that inviting and removing can be tried as well.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from hrdplatform.accounts.models import User
from hrdplatform.operations.demo.cast import Troupe
from hrdplatform.sealing import demo, ed25519, rosters
from hrdplatform.sealing import lists as signed_lists
from hrdplatform.sealing.fields import NO_HASH
from hrdplatform.sealing.lists import Member, MemberList
from hrdplatform.sealing.members import member_keys
from hrdplatform.sealing.rosters import Named, Roster
from legal_aid.domain import lists, team_lists
from legal_aid.domain.team_lists import SignedAnswer
from legal_aid.models import SignedList, Team, TeamMember

LIFE = timedelta(days=62)
"""The longest that a list may hold (sealing.md 5)."""

EARLY = timedelta(days=21)
"""A list is renewed when less than this is left of it."""


def renew(team: Team, troupe: Troupe, *, at: datetime) -> SignedList | None:
    """Sign and import the next list where one is due; None where none is, or where the root is no longer ours."""
    if not _due(team, troupe, at=at):
        return None
    lead = team.lead
    wish = json.loads(team_lists.request_file(team, by=lead, at=at))
    return sign(team, troupe, wish["members"], by=lead, at=at)


def first(team: Team, troupe: Troupe, *, at: datetime) -> SignedList:
    """Sign and import a team's first list, with a recovery member after the people."""
    wish = json.loads(team_lists.request_file(team, by=team.lead, at=at))
    keys = member_keys(demo.seed(troupe.recovery))
    recovery = {
        "id": f"m{len(wish['members']) + 1:02}",
        "kem": base64.b64encode(keys.kem_public).decode("ascii"),
        "kind": "recovery",
        "name": team_lists.RECOVERY_NAME,
        "publish": 0,
        "scope": "intake",
        "sig": base64.b64encode(keys.sig_public).decode("ascii"),
    }
    return sign(team, troupe, [*wish["members"], recovery], by=team.lead, at=at)


def sign(team: Team, troupe: Troupe, members: list[dict[str, Any]], *, by: User, at: datetime) -> SignedList:
    """Sign a list of `members` as the team's next one, and import it the way a lead would."""
    seed = demo.seed(troupe.root)
    before = lists.newest(team) if team.newest is not None else None
    seq = before.seq + 1 if before else 1
    team_id = before.team if before else token_hex(16)
    named = tuple(Named(one["id"], one["name"], publish=one["publish"] == 1) for one in members)
    roster = Roster(named, token_hex(16), seq, team_id)
    listed = MemberList(
        demo=True,
        expires=at.date() + LIFE,
        issued=at.date(),
        members=tuple(_member(one) for one in members),
        next_root=before.next_root if before else "",
        partners=before.partners if before else (),
        prev=before.hash if before else NO_HASH,
        root=ed25519.public_key(seed),
        roster=hashlib.sha256(rosters.body(roster)).hexdigest(),
        seq=seq,
        team=team_id,
    )
    text = signed_lists.build(listed, seed)
    sealed = rosters.seal(rosters.build(roster, seed), signed_lists.parse(text))
    return team_lists.import_list(team, SignedAnswer(text, sealed), by=by, at=at)


def _due(team: Team, troupe: Troupe, *, at: datetime) -> bool:
    newest = lists.newest(team)
    if newest.root != ed25519.public_key(demo.seed(troupe.root)):
        return False
    readers = {one.id: (one.kem, one.sig, one.scope) for one in newest.members if one.kind == "reader"}
    standing = TeamMember.objects.standing().filter(team=team)
    wished = {row.member: (bytes(row.kem), bytes(row.sig), row.scope) for row in standing if row.kem}
    return newest.expires - at.date() < EARLY or readers != wished


def _member(wish: dict[str, Any]) -> Member:
    kem, sig = base64.b64decode(wish["kem"]), base64.b64decode(wish["sig"])
    return Member(wish["id"], kem, wish["kind"], wish["scope"], sig)
