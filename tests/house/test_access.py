"""Who gets what at each address: every name of the resolver, as everybody, for own and for others' things."""

import pytest
from django.core.cache import cache

from tests.house.access import FORMS, REFUSED, ROLES, Address, Line, addresses, fits, line_for, lines, unlisted, unused
from tests.house.crawling import crawl, visit
from tests.house.world import World

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


def test_everybody_gets_what_the_table_says(world: World):
    table = lines()
    clients = {role: world.client(role) for role in ROLES}
    wrong = []
    for address in addresses():
        line = line_for(address, table)
        if line is not None:
            wrong += [
                f"{seen.address} {seen.whose} {seen.role}: {seen.status}, not {line.whose[seen.whose][seen.role]}"
                for seen in crawl(address, line, world, clients)
                if not fits(seen.status, line.whose[seen.whose][seen.role])
            ]
    assert wrong == [], "\n".join(wrong)


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
            if not (fits(seen.status, wanted) if wanted else seen.status in REFUSED):
                wrong.append(f"{seen.address} {seen.whose} {seen.role}: {seen.status}, not {wanted or 'refused'}")
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
            status = visit(client, "/" + address.route.replace("^", "").replace("$", "").replace(".*", "x"), "GET")
            if status not in {"step", "405"}:
                found[address.name] = status
    assert found == {}


def test_who_has_no_role_in_the_office_learns_so_and_is_not_led_in_circles(world: World):
    response = world.client("team_lead").get("/office/", follow=True)
    assert response.status_code == 403


@pytest.mark.parametrize("wanted", ["200", "404|405"])
def test_a_seeded_wrong_expectation_is_reported(wanted: str):
    assert not fits("403", wanted)
