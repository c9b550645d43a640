"""What the desk needs beside a team: identity files that open with one known passphrase, and cases."""

import hashlib
from datetime import UTC, datetime
from functools import cache

from django.test import Client

from hrdplatform.sealing import reading, records, writing
from hrdplatform.sealing.members import identity_file, member_keys, protect
from legal_aid.domain.contact import Contact
from legal_aid.models import IdentityFile, TeamMember
from legal_aid.states import IdentityKind
from tests.factories import legal_aid
from tests.factories.sealed_case import seed

PASSPHRASE = "abacus-walnut-lantern-orchid-pebble-river-violin"
LATER = "basket-cedar-falcon-harbor-island-jasmine-kettle"


def protected(team: str, member: str, generation: str = "") -> bytes:
    return _protected(team, member, generation)


@cache
def _protected(team: str, member: str, generation: str) -> bytes:
    """scrypt takes its time: once for each member of a run."""
    keys = member_keys(seed(f"{member}{generation} of {team}"))
    return protect(identity_file(member, keys), LATER if generation else PASSPHRASE)


def keep_identity(team: legal_aid.StoredTeam, member: str, generation: str = "") -> None:
    file = protected(team.signed.name, member, generation)
    IdentityFile.objects.create(
        member=TeamMember.objects.get(team=team.row, member=member),
        kind=IdentityKind.PASSPHRASE,
        file=file,
        digest=hashlib.sha256(file).hexdigest(),
        made_at=datetime.now(UTC),
    )


def team(name: str = "one") -> legal_aid.StoredTeam:
    """The factory's team, whose members can unlock the desk with `PASSPHRASE`."""
    made = legal_aid.team(name)
    for member in made.users:
        keep_identity(made, member)
    return made


def request(at: legal_aid.StoredTeam, text: str, *, urgency: str = "soon", **safe: object) -> legal_aid.Browser:
    """A sealed request on the desk, by a defender who named a safe way if `safe` says so; her page stays with us."""
    browser = legal_aid.Browser(Client(), at)
    browser.open_case(text, urgency=urgency)
    if safe:
        seen = browser.view().messages
        turn = browser.turn(reading.heads(seen.trusted(1)))
        record = writing.write_entity(seen.newest, turn, records.CONTACT, Contact(**safe).data())
        body = {"case": browser.case, "chain": "case", "epoch": 1, "records": [legal_aid.record_json(record)]}
        answer = browser.post("records/", {**body, "uploads": []}, **browser.receipt)
        assert answer.status_code == 201, answer.content
    return browser
