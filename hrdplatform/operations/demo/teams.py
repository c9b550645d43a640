"""Demo legal-aid teams: founded, staffed and given keys by the same verbs that the pages of a team use."""

from __future__ import annotations

from datetime import datetime

from hrdplatform.accounts.models import User
from hrdplatform.operations.demo import signing
from hrdplatform.operations.demo.cast import Person, Troupe, members_of
from hrdplatform.operations.demo.record import Record
from hrdplatform.organisations.models import Organisation
from hrdplatform.sealing import demo
from hrdplatform.sealing.members import identity_file, member_keys, protect
from legal_aid.domain import teams
from legal_aid.domain.teams import Founding, Proposal
from legal_aid.models import Team, TeamMember
from legal_aid.states import IdentityKind


def lay(troupe: Troupe, record: Record, *, at: datetime) -> Team:
    """A team whose first list the published root has signed. The accounts of its people stand.

    Where the team stands already the record was lost: its new passphrases come to open the same keys.
    """
    standing = find(troupe)
    if standing is not None:
        for person in members_of(troupe):
            _renew_passphrase(person, record, at=at)
        return standing
    lead, *others = members_of(troupe)
    house = Organisation.objects.get(slug=troupe.house)
    founder = _user(lead)
    founding = Founding(house, troupe.name, troupe.languages, troupe.mandate)
    team = teams.found(founding, lead=founder, by=founder, at=at)
    for person in others:
        teams.invite(team, user=_user(person), role=person.team_role or "", scope=person.scope, by=founder, at=at)
    for person in (lead, *others):
        _give_keys(person, team, record, at=at)
    team.refresh_from_db()
    signing.first(team, troupe, at=at)
    team.refresh_from_db()
    return team


def find(troupe: Troupe) -> Team | None:
    """The team as it stands."""
    return Team.objects.filter(organisation__slug=troupe.house, name=troupe.name).first()


def _renew_passphrase(person: Person, record: Record, *, at: datetime) -> None:
    """Protect the published identity once more, under the passphrase of the record."""
    member = TeamMember.objects.standing().filter(user=_user(person)).first()
    if member is not None:
        teams.add_identity(member, kind=IdentityKind.PASSPHRASE, file=_identity(person, record), at=at)


def _give_keys(person: Person, team: Team, record: Record, *, at: datetime) -> None:
    member = TeamMember.objects.get(team=team, user=_user(person))
    keys = member_keys(demo.seed(person.published))
    proposal = Proposal(IdentityKind.PASSPHRASE, _identity(person, record), keys.kem_public, keys.sig_public)
    teams.propose(member, proposal, at=at)
    if person.named:
        teams.agree_to_be_named(member, agreed=True, at=at)


def _identity(person: Person, record: Record) -> bytes:
    """The published identity as a file under the record's passphrase."""
    entry = record.account(person.email)
    if entry is None or not entry.passphrase:
        raise LookupError(person.email)
    return protect(identity_file(person.member, member_keys(demo.seed(person.published))), entry.passphrase)


def _user(person: Person) -> User:
    return User.objects.get(email=person.email)
