"""Who speaks in a case: the holder of its receipt, or a member who reads its newest epoch. For others the case is not
there.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from django.db.models import QuerySet

from hrdplatform.sealing.receipts import locator
from legal_aid.models import Case, TeamMember
from legal_aid.states import Sender

DEFENDER = "defender"
TOKEN_LENGTH = 32
CASE = re.compile(r"[0-9a-f]{32}")


class UnknownCaseError(Exception):
    """No such case, or not this speaker's: the two are never told apart."""


@dataclass(frozen=True)
class Speaker:
    """`id` is `defender` or the member's id on the list; `actor` is the word for the audit record."""

    id: str
    actor: str
    locator: str = field(default="", repr=False)
    member: TeamMember | None = None

    @property
    def side(self) -> Sender:
        """Which side of the conversation this is."""
        return Sender.DEFENDER if self.member is None else Sender.TEAM

    def cases(self) -> QuerySet[Case]:
        """The cases that are there for this speaker."""
        if self.member is None:
            return Case.objects.filter(locator=self.locator)
        return Case.objects.open_to(team=self.member.team, member=self.member.member)

    def case(self, id_: str) -> Case:
        """One case with its team and newest cards. Raises `UnknownCaseError`."""
        # What cannot be an id is not asked for: PostgreSQL answers a NUL with an error.
        known = self.cases().filter(pk=id_) if CASE.fullmatch(id_) else Case.objects.none()
        found = known.select_related("team__newest", "newest", "newest_notes").first()
        if found is None:
            raise UnknownCaseError
        return found

    def lock(self, id_: str) -> Case:
        """One case, locked until the transaction ends: every write passes here. Raises `UnknownCaseError`."""
        # First the lock, then the question: asked in one query, PostgreSQL would judge the row as it stood before
        # the wait, and a reader of the epoch opened meanwhile would find no case.
        found = Case.objects.select_for_update().filter(pk=id_).first() if CASE.fullmatch(id_) else None
        if found is None or not self.cases().filter(pk=id_).exists():
            raise UnknownCaseError
        return found


def defender(token: bytes) -> Speaker:
    """Whoever shows a receipt's token. Always the same work: a token of a wrong length is looked up as a random one."""
    if len(token) != TOKEN_LENGTH:
        token = secrets.token_bytes(TOKEN_LENGTH)
    return holder(locator(token).hex())


def holder(locator_hex: str) -> Speaker:
    """The holder of the receipt with this locator."""
    return Speaker(DEFENDER, DEFENDER, locator=locator_hex)


def member(found: TeamMember) -> Speaker:
    """A member of a team."""
    return Speaker(found.member, f"user:{found.user_id}", member=found)


def own_case(speaker: Speaker) -> Case:
    """The one case of a receipt's holder. Raises `UnknownCaseError`."""
    found = speaker.cases().select_related("team__newest", "newest", "newest_notes").first()
    if found is None:
        raise UnknownCaseError
    return found
