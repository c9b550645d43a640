"""What the tests of legal aid share: a team, a defender's page, and desks that are signed in."""

import pytest
from django.test import Client

from tests.factories import legal_aid


@pytest.fixture
def team(db):
    return legal_aid.team()


@pytest.fixture
def defender(team, client):
    return legal_aid.Browser(client, team)


@pytest.fixture
def desk_of(team):
    """The desk of a member, signed in with a verified second factor."""

    def signed_in(id: str) -> legal_aid.Desk:
        client = Client()
        verified(client, team.users[id])
        return legal_aid.Desk(client, team, id)

    return signed_in


def verified(client: Client, user) -> None:
    from tests.factories import accounts

    accounts.sign_in(client, user)
