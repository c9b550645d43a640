"""Who gets what at each address: every name of the resolver, as everybody, for own and for others' things."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hrdplatform.organisations.models import Organisation
from tests.house import answers
from tests.house.access import FORMS, REFUSED, ROLES, Address, Line, addresses, fits, line_for, lines, unlisted, unused
from tests.house.crawling import Answer, Visit, crawl, visit
from tests.house.world import World
from tests.legal_aid.plain_visitor import Visitor

GUARDED = ("office/", "desk/", "account/")


@pytest.fixture
def world(db) -> World:
    return World()


def test_every_address_is_listed():
    assert unlisted(list(addresses()), lines()) == []


def test_no_line_is_left_over():
    assert unused(list(addresses()), lines()) == []


def test_a_seeded_address_is_reported():
    assert unlisted([Address("seeded:leak", "leak/", (), 0)], lines()) == ["seeded:leak"]


def test_a_seeded_line_is_reported():
    assert unused(list(addresses()), [Line("seeded:gone", {}, {}, "GET")]) == ["seeded:gone"]


def test_everybody_gets_what_the_table_says_under_the_policy_of_its_place_and_looking_changes_nothing(world: World):
    table = lines()
    clients = {role: world.client(role) for role in ROLES}
    wrong, allowed = [], {answers.SESSION}
    for address in addresses():
        line = line_for(address, table)
        for seen in crawl(address, line, world, clients) if line else ():
            wanted = line.whose[seen.whose][seen.role]
            wrong += faults(seen, "" if fits(seen.status, wanted) else f"{seen.status}, not {wanted}")
            allowed |= seen.allowed
    assert wrong == [], "\n".join(wrong)
    assert set(answers.CHANGES) - allowed == set(), "a change is allowed that no GET makes any more"


def faults(seen: Visit, status: str) -> list[str]:
    """A line for each thing that is wrong with a visit; `status` says what is wrong with its status, if anything."""
    return [f"{seen.address} {seen.whose} {seen.role}: {fault}" for fault in (status, *seen.faults) if fault]


def test_everybody_gets_for_an_empty_form_what_the_table_of_forms_says(world: World):
    """An address that this table does not list takes no form from anybody."""
    table, forms = lines(), lines(FORMS)
    clients = {role: world.client(role) for role in ROLES}
    wrong = []
    for address in addresses():
        line, form = line_for(address, table), line_for(address, forms)
        cache.clear()
        for seen in crawl(address, line, world, clients, "POST") if line else []:
            wanted = form.whose.get(seen.whose, form.whose.get("who", {})).get(seen.role) if form else ""
            fine = fits(seen.status, wanted) if wanted else seen.status in REFUSED
            wrong += faults(seen, "" if fine else f"{seen.status}, not {wanted or 'refused'}")
    assert wrong == [], "\n".join(wrong)


def test_no_line_of_a_form_is_left_over_or_allows_a_fault():
    assert unused(list(addresses()), lines(FORMS)) == []
    promised = {word for line in lines(FORMS) for who in line.whose.values() for word in who.values()}
    assert not {word for word in promised if word.startswith("5")}


def test_without_the_second_factor_nothing_guarded_opens(world: World):
    """Also not for who has every right: the second step is asked of the administrator as of everybody."""
    client = world.unverified("administrator")
    opened = (
        "accounts:login",
        "accounts:logout",
        "accounts:second_factor",
        "accounts:reset",
        "organisations:invitation",
    )
    found = {}
    for address in addresses():
        if address.route.startswith(GUARDED) and not address.name.startswith(opened) and not address.parts:
            answer = visit(client, "/" + address.route.replace("^", "").replace("$", "").replace(".*", "x"), "GET")
            if answer.status not in {"step", "405"} or answer.changed or answer.faults:
                found[address.name] = answer
    assert found == {}


def test_looking_changes_nothing_for_who_asks_without_scripts_either(world: World):
    """At each stage of her visit: in the middle of typing, with a receipt, and come back."""
    typing, asked, back = Visitor(), Visitor(), Visitor()
    team = world.teams[0].hex
    typing.go("request/plain/")
    typing.send("request/plain/", (("a.mp4", b"\0\0\0\x18ftypmp42", "video/mp4"),), story="x", go="contact", team=team)
    asked.open_case(team=team)
    back.confirm(words := back.open_case(team=team))
    back.come_back(words)
    plain = [address for address in addresses() if address.name.startswith("legal_aid:plain") and not address.parts]
    found = {address.name for address in plain for one in (typing, asked, back) if looked(one, address).changed}
    assert found == set()
    assert looked(back, next(address for address in plain if address.name == "legal_aid:plain_thread")).status == "200"


def looked(visitor: Visitor, address: Address) -> Answer:
    """What a visitor's browser gets at an address, with her cookie."""
    return visit(visitor.client, reverse(address.name), "GET", secure=True)


def test_who_has_no_role_in_the_office_learns_so_and_is_not_led_in_circles(world: World):
    response = world.client("team_lead").get("/office/", follow=True)
    assert response.status_code == 403


@pytest.mark.parametrize("wanted", ["200", "404|405"])
def test_a_seeded_wrong_expectation_is_reported(wanted: str):
    assert not fits("403", wanted)


class Leaking(Client):
    """A house that writes while one looks, and forgets a directive of its policy."""

    def generic(self, *request, **more):
        Organisation.objects.filter(slug="own").update(website="")
        response = super().generic(*request, **more)
        response["Content-Security-Policy"] = response["Content-Security-Policy"].replace("form-action 'self'; ", "")
        return response


def test_a_seeded_change_by_looking_and_a_seeded_gap_in_the_policy_are_reported(world: World):
    address = next(address for address in addresses() if address.name == "accounts:login")
    clients = {role: Leaking() for role in ROLES}
    for seen in crawl(address, line_for(address, lines()), world, clients):
        gap, change = seen.faults
        assert gap.startswith("policy {")
        assert "form-action" not in gap
        assert change == "a GET says UPDATE organisations_organisation"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ('INSERT OR IGNORE INTO "a" ("b") SELECT 1', {"INSERT a"}),
        ('UPDATE "a" SET "b" = 1', {"UPDATE a"}),
        ('DELETE FROM "a"', {"DELETE a"}),
        ('WITH gone AS (DELETE FROM "a" RETURNING 1) SELECT * FROM gone', {"DELETE a"}),
        ('SELECT 1 FROM "a" FOR UPDATE OF "a"', set()),
        ("CREATE TABLE a (b)", {"CREATE TABLE a (b)"}),
    ],
)
def test_a_sentence_that_changes_something_is_known_by_its_verb(sentence, found):
    assert answers.changes_in(sentence) == found
