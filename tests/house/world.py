"""The people of the access table, and two of everything: one organisation's own and another's."""

import uuid
from dataclasses import dataclass

from django.test import Client

from hrdplatform.accounts.models import TotpDevice
from hrdplatform.organisations.domain.invitations import invite
from hrdplatform.organisations.models import Invitation, Organisation
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock
from tests.factories import cms, learning, legal_aid
from tests.factories.accounts import make_person, signed_in
from tests.factories.folders import sent
from tests.factories.organisations import make_member, make_organisation, membership_of
from tests.factories.videos import video

OFFICE = {role.value: role for role in Role if role not in {Role.MEMBER, Role.ADMINISTRATOR}}


@dataclass
class Owned:
    """What stands in addresses: things of one organisation, its team and its case."""

    values: dict[str, object]


class World:
    """Clients by role, and `own`/`other` values for the parts of addresses."""

    def __init__(self) -> None:
        cms.planted()
        self.administrator = make_person(is_superuser=True, is_staff=True)
        self.organisations = [make_organisation("Own"), make_organisation("Other")]
        self.teams = [legal_aid.team("own"), legal_aid.team("other")]
        self.defenders = [legal_aid.Browser(Client(), team) for team in self.teams]
        for defender in self.defenders:
            defender.open_case()
        self.people = {name: make_member(self.organisations[0], role) for name, role in OFFICE.items()}
        self.people |= {"team_lead": self.teams[0].users["m01"], "case_worker": self.teams[0].users["m02"]}
        self.people["administrator"] = self.administrator
        self.owned = {"own": self._owned(0), "other": self._owned(1)}
        self.pages = cms.home("fr")

    def client(self, role: str) -> Client:
        """A client whose session is that role's: both steps done a moment ago."""
        if role == "anonymous":
            return Client(raise_request_exception=False)
        if role == "defender":
            return Client(raise_request_exception=False, headers=self.defenders[0].receipt)
        client = signed_in(self.people[role])
        client.raise_request_exception = False
        return client

    def unverified(self, role: str) -> Client:
        """The same person before the second step."""
        client = signed_in(self.people[role], verified=False)
        client.raise_request_exception = False
        return client

    def _owned(self, number: int) -> Owned:
        organisation = self.organisations[number]
        member = make_member(organisation, Role.AUTHOR)
        author = member if number else self.people[Role.AUTHOR.value]
        course = learning.course(parent=learning.section(organisation), lessons=1)
        return Owned(
            {
                "organisation": organisation.slug,
                "organisation_pk": organisation.pk,
                "membership": membership_of(member, organisation).pk,
                "invitation": self._invitation(organisation).pk,
                "device": TotpDevice.objects.get(user=member).pk,
                "team": self.teams[number].hex,
                "list": self.teams[number].signed.newest.hash,
                "case": self.defenders[number].case,
                "course": course.pk,
                "video": video(owner=organisation).pk,
                "initiative": learning.initiative(organisation.slug, organisation=organisation).pk,
                "parcel": course.parcels.get(form="epub").pk,
                "sent": sent({}, organisation, author).pk,
            }
        )

    def _invitation(self, organisation: Organisation) -> Invitation:
        invite(
            email=f"guest@{organisation.slug}.example",
            role=Role.AUTHOR,
            language="en",
            organisation=organisation,
            door="office",
            by=self.administrator,
            at=clock.now(),
        )
        return Invitation.objects.get(organisation=organisation)

    def fill(self, part: str, template: str | None, owner: str) -> object:
        """The value for a part of an address: the table's template, else something of the right shape."""
        values = self.owned.get(owner, self.owned["own"]).values
        if template is not None:
            return template.format(**values)
        shapes: dict[str, object] = {"slug": "x", "secret": "x", "name": "x", "uuid": uuid.UUID(int=1), "person": "x"}
        shapes |= {"team": values["team"], "case": values["case"], "list_hash": values["list"], "row": "0" * 32}
        shapes |= {"upload": "0" * 32, "digest": "0" * 64, "revision_id_a": "live", "revision_id_b": "latest"}
        shapes |= {"rendition_id": 1, "filter_spec": "original", "uidb64": "x", "action": "delete"}
        if part.endswith(("_id", "pk")) or part in {"number", "object_id", "page_to_move_id"}:
            return self.pages.pk if "page" in part else 1
        return shapes.get(part, "x")
