"""Stops at the case desk, for a member who is signed in."""

from hrdplatform.accounts.models import User
from legal_aid.models import TeamMember
from tests.factories import legal_aid
from tests.walks.account_pages import enter, person
from tests.walks.browser import Walker
from tests.walks.stops import Stop


def lead(walker: Walker) -> None:
    enter(walker, legal_aid.team("one").users["m01"])


def second(walker: Walker) -> None:
    """A member who is asked to confirm a removal, beside one who left the organisation."""
    team = legal_aid.team("one")
    TeamMember.objects.filter(member="m02").update(removal_asked=True)
    User.objects.filter(pk=team.users["m01"].pk).update(is_active=False)
    enter(walker, team.users["m04"])


def asking(walker: Walker) -> None:
    team = legal_aid.team("one")
    TeamMember.objects.filter(member="m02").update(removal_asked=True)
    enter(walker, team.users["m01"])


def stranger(walker: Walker) -> None:
    person(walker)


DESK = [
    Stop("desk, locked", "/desk/", "Unlock", lead),
    Stop("team", "/desk/team/", "Team one", lead),
    Stop("team, a removal to confirm", "/desk/team/", "m02-one (m02)", second),
    Stop("team, a removal asked for", "/desk/team/", "m02-one", asking),
    Stop("team, own keys", "/desk/team/keys/", "keys", lead),
    Stop("team, in none", "/desk/team/", "You are in no team yet", stranger),
]
