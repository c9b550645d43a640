"""Where somebody chooses a team stands whom each team helps."""

import pytest

from tests.factories import legal_aid

pytestmark = pytest.mark.django_db
PAGES = ("request/", "urgent/", "request/plain/", "urgent/plain/")
LONG = " ".join(["and everybody who defends them"] * 40)


@pytest.mark.parametrize("teams", [1, 2])
@pytest.mark.parametrize("page", PAGES)
def test_the_mandate_of_each_team_stands_shortly_beside_the_choice(client, page, teams):
    for number in range(teams):
        row = legal_aid.team(f"number-{number}").row
        row.mandate = f"We help <journalists> of {number} {LONG}"
        row.save()
    shown = client.get(f"/en/aid/{page}", secure=True).content.decode()
    for number in range(teams):
        assert f"We help &lt;journalists&gt; of {number} and everybody" in shown
    assert LONG not in shown


@pytest.mark.parametrize("page", PAGES)
def test_a_team_that_says_nothing_of_its_mandate_leaves_no_empty_line(client, page):
    legal_aid.team()
    assert '<p class="hint"><strong>Team one:' not in client.get(f"/en/aid/{page}", secure=True).content.decode()
