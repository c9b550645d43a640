"""Signed lists as the server reads them: parsed once each, since what a root signed never changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache

from hrdplatform.conf import configuration
from hrdplatform.sealing import lists, pins
from hrdplatform.sealing.checks import Circumstances
from hrdplatform.sealing.lists import MemberList
from legal_aid.models import SignedList, Team, TeamMember
from legal_aid.states import MemberState

from . import sentences


class NoSuchTeamError(Exception):
    """No team of that id takes requests."""


def demo_allowed() -> bool:
    """Whether lists of published demonstration keys count: on the own machine only."""
    return not configuration.production


@lru_cache(maxsize=512)
def parsed(text: str) -> MemberList:
    """The list written in `text`. Raises a `SealingError`."""
    return lists.parse(text)


def open_team(hex_id: str) -> Team:
    """The team that takes requests under this id, its newest list loaded. Raises `NoSuchTeamError`."""
    found = Team.objects.open().filter(hex=hex_id).first() if hex_id else None
    if found is None:
        raise NoSuchTeamError
    return found


def reception(hex_id: str) -> tuple[str, MemberList]:
    """Primary key and newest list of the team that takes requests under this id. Raises `NoSuchTeamError`.

    One short question, which the ORM words once in a process: every request asks it, and the wording costs more than
    the answer. The list is asked for by its hash, and once in the life of a process too.
    """
    if not hex_id:
        raise NoSuchTeamError
    with sentences.executed(_question(), [hex_id]) as cursor:
        found = cursor.fetchone()
    if found is None:
        raise NoSuchTeamError
    team, newest_hash = found
    return team, of_hash(newest_hash)


@cache
def _question() -> str:
    question = Team.objects.open().filter(hex="any").values_list("pk", "newest_id").query
    sentence, values = question.sql_with_params()
    if values != ("any",):
        raise RuntimeError("The team's id must be the only value of this question.")
    return sentence


@lru_cache(maxsize=512)
def of_hash(list_hash: str) -> MemberList:
    """The stored list with this hash: what a hash names never changes, and lists are never deleted."""
    return parsed(SignedList.objects.values_list("text", flat=True).get(pk=list_hash))


def newest(team: Team) -> MemberList:
    """The team's newest list. Raises `NoSuchTeamError` before the first was signed."""
    if team.newest is None:
        raise NoSuchTeamError
    return parsed(team.newest.text)


def may_write(team: Team, *, at: datetime) -> bool:
    """Whether something may be written under the newest list today."""
    try:
        pins.verify_for_writing(newest(team), today=at.date(), demo_allowed=demo_allowed())
    except pins.ListRefusedError:
        return False
    return True


def waits(member: TeamMember) -> bool:
    """Whether a member's newest keys stand on no list yet, so that the lead's signature is missing."""
    if not member.kem or member.state == MemberState.REMOVED:
        return False
    listed = newest(member.team).member(member.member) if member.team.newest is not None else None
    return listed is None or (bytes(member.kem), bytes(member.sig)) != (listed.kem, listed.sig)


def all_of(team: Team) -> dict[str, MemberList]:
    """Every list the team ever had, by hash."""
    texts = SignedList.objects.filter(team=team).values_list("hash", "text")
    return {hash_: parsed(text) for hash_, text in texts}


def partner_texts(team: Team) -> list[str]:
    """The newest lists of the teams to which this one may refer, as far as they are on this platform."""
    roots = [partner.root.hex() for partner in newest(team).partners]
    found = Team.objects.filter(root__in=roots, newest__isnull=False).select_related("newest") if roots else []
    return [partner.newest.text for partner in found if partner.newest is not None]


def circumstances(newest_list: MemberList, known: Mapping[str, MemberList], *, at: datetime) -> Circumstances:
    """What a card is checked against: the newest list, those before it by hash, today, whether this is a demo."""
    return Circumstances(newest=newest_list, lists=known, today=at.date(), demo_allowed=demo_allowed())
