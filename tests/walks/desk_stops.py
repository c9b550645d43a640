"""Stops at the case desk, for a member who is signed in."""

from tests.factories import legal_aid
from tests.walks.account_pages import enter, person
from tests.walks.browser import Walker
from tests.walks.stops import Stop

STAFF = ("fr", "en")


def lead(walker: Walker) -> None:
    enter(walker, legal_aid.team("one").users["m01"])


def stranger(walker: Walker) -> None:
    person(walker)


DESK = [
    Stop("desk, locked", "/desk/", "Unlock", lead, languages=STAFF),
    Stop("team", "/desk/team/", "Team one", lead, languages=STAFF),
    Stop("team, own keys", "/desk/team/keys/", "keys", lead, languages=STAFF),
    Stop("team, in none", "/desk/team/", "You are in no team yet", stranger, languages=STAFF),
]
