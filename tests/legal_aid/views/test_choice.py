"""Two teams stand at the door: the request goes to the one that was chosen, and nobody of the other opens it."""

import pytest

from legal_aid.models import Case
from tests.factories import accounts, legal_aid
from tests.legal_aid.plain_visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def other(team):
    return legal_aid.team("two")


def test_without_a_choice_it_is_asked_for_and_the_text_stays(team, other):
    visitor = Visitor()
    visitor.go("request/plain/")
    page = visitor.send("request/plain/", story="They took my phone.", go="contact")
    assert visitor.status == 422
    assert "One thing before you go on" in page.text
    assert page.form("request/plain/")["fields"]["story"][0].strip() == "They took my phone."
    assert not Case.objects.exists()


@pytest.mark.parametrize("address", ["", "request/", "request/plain/", "urgent/"])
def test_what_a_team_does_stands_in_its_own_direction_on_an_arabic_page(team, other, client, address):
    other.row.mandate = "Threats, arrest, lawsuits."
    other.row.save()
    page = client.get(f"/ar/aid/{address}", headers={"host": "aid.localhost"}).content.decode()
    written = next(part for part in page.split("<p")[1:] if "Threats, arrest, lawsuits." in part)
    assert 'dir="auto"' in written.split(">")[0]


@pytest.mark.parametrize("urgent", [False, True])
def test_only_the_chosen_team_opens_the_request(team, other, urgent):
    visitor = Visitor()
    if urgent:
        visitor.go("urgent/plain/")
        visitor.send("urgent/plain/", story="They took my phone.", team=other.hex, go="send")
    else:
        visitor.open_case("They took my phone.", team=other.hex)
    case = Case.objects.get()
    assert case.team == other.row
    desk = legal_aid.Desk(accounts.signed_in(other.users["m01"]), other)
    assert desk.view(case.pk).messages.records[0].body.text == "They took my phone."
    stranger = legal_aid.Desk(accounts.signed_in(team.users["m01"]), team)
    assert stranger.get(f"case/{case.pk}/").status_code == 404


def test_a_team_that_is_none_is_no_choice(team, other):
    visitor = Visitor()
    visitor.go("request/plain/")
    visitor.send("request/plain/", story="They took my phone.", team="0" * 32, go="contact")
    assert visitor.status == 422
