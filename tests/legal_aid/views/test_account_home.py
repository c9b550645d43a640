"""The home of an account leads members of a team to the desk, and nobody else."""

import pytest

from tests.factories import legal_aid
from tests.factories.accounts import make_person, signed_in

pytestmark = pytest.mark.django_db
DESK = b'href="/desk/"'


def test_a_member_finds_the_desk():
    team = legal_aid.team("own")
    assert DESK in signed_in(team.users["m02"]).get("/account/").content


def test_nobody_else_does():
    legal_aid.team("own")
    assert DESK not in signed_in(make_person()).get("/account/").content
