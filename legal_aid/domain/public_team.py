"""A team as a defender sees it before she writes: how many can read, in which roles, who agreed to be named, the root
words.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from hrdplatform.sealing import readers, spoken
from hrdplatform.sealing.readers import NoReadersError
from legal_aid import queries
from legal_aid.models import Team, TeamMember
from legal_aid.states import MemberState, TeamRole

from . import lists


@dataclass(frozen=True)
class PublicTeam:
    """`count` people read a new request, `recovery` more keys lie on paper; `roles` pairs words with a count."""

    hex: str
    name: str
    organisation: str
    mandate: str
    languages: tuple[str, ...]
    answer_days: int
    count: int
    recovery: int
    roles: tuple[tuple[str, int], ...]
    names: tuple[tuple[str, str], ...]
    root_words: tuple[str, ...]
    root_digits: tuple[str, ...]
    open: bool

    @property
    def title(self) -> str:
        """The name, with the organisation where that says more than the name."""
        name, organisation = self.name.casefold(), self.organisation.casefold()
        alike = organisation.startswith(name) or organisation in name
        return self.name if alike else f"{self.name}, {self.organisation}"


def shown(team: Team, *, at: datetime) -> PublicTeam:
    """One team with a signed list."""
    listed = lists.newest(team)
    try:
        reading = readers.of_new_case(listed)
    except NoReadersError:
        reading = ()
    people = [id_ for id_ in reading if (one := listed.member(id_)) and one.kind == "reader"]
    rows = {
        row.member: row for row in TeamMember.objects.filter(team=team, state=MemberState.ACTIVE, member__in=people)
    }
    roles = Counter(TeamRole(rows[id_].role) for id_ in people if id_ in rows)
    named = [row for row in queries.named_members(team) if row.member in people]
    return PublicTeam(
        hex=team.hex,
        name=team.name,
        organisation=str(team.organisation),
        mandate=team.mandate,
        languages=tuple(team.languages),
        answer_days=team.answer_days,
        count=len(people),
        recovery=len(reading) - len(people),
        roles=tuple((str(role.label), roles[role]) for role in TeamRole if roles[role]),
        names=tuple((str(row.user), row.get_role_display()) for row in named),
        root_words=spoken.spoken_words("root", listed.root),
        root_digits=spoken.spoken_digits("root", listed.root),
        open=bool(people) and lists.may_write(team, at=at),
    )


def all_shown(*, at: datetime) -> list[PublicTeam]:
    """Every team that takes requests, by name."""
    return [shown(team, at=at) for team in Team.objects.open().order_by("name")]
