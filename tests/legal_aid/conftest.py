"""What the tests of legal aid share: a team, a defender's page, and desks that are signed in."""

import pytest
from django.core.cache import cache

from tests.factories import accounts, legal_aid


@pytest.fixture(autouse=True)
def nobody_has_tried():
    """Throttles count in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def team(db):
    return legal_aid.team()


@pytest.fixture
def defender(team, client):
    return legal_aid.Browser(client, team)


@pytest.fixture
def desk_of(team):
    """The desk of a member, signed in with a verified second factor."""

    def at_the_desk(member: str) -> legal_aid.Desk:
        return legal_aid.Desk(accounts.signed_in(team.users[member]), team, member)

    return at_the_desk
