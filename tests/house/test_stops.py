"""axe looks at every address: each HTML page outside the office stands in a stop of some walk.

The office's screens are walked by their own lists (`test_office_addresses.py`, `test_office_accessibility.py`).
"""

from collections.abc import Iterable

import pytest
from django.urls import Resolver404, resolve
from django.utils.translation import override

from tests.house.access import ROLES, Address, Line, addresses, line_for, lines
from tests.house.crawling import path_of
from tests.house.world import World
from tests.walks.account_pages import PAGES
from tests.walks.cms_stops import LEARNING
from tests.walks.every_stop import STOPS
from tests.walks.looking_stops import LOOKING

PREPARED = {
    "accounts:home": "home",
    "accounts:login": "sign in",
    "accounts:logout": "sign out",
    "accounts:second_factor": "second step",
    "accounts:enrol": "enrol",
    "accounts:app": "app",
    "accounts:passkey": "passkey",
    "accounts:codes": "codes",
    "accounts:device_remove": "remove",
    "accounts:profile": "profile",
    "accounts:password": "password",
    "accounts:reset_ask": "reset",
    "accounts:reset_asked": "reset asked",
    "accounts:reset": "reset link",
    "organisations:invitation": "invitation",
    "organisations:members": "members",
    "organisations:invite": "invite",
    "organisations:role": "role",
    "organisations:remove": "take role",
    "organisations:account": "switch off",
    "legal_aid:plain_thread": "plain, messages",
    "legal_aid:plain_file": "plain, a file that is lost",
    "legal_aid:plain_replace": "plain, replace",
    "legal_aid:plain_erase": "plain, erase",
    "legal_aid:plain_confirm": "plain, receipt",
}
"""Addresses that a stop finds by what it prepared, or reaches by pressing buttons: which stop."""

ELSEWHERE = {
    "learn_certificate": "test_learning_pages.py walks it with its form, before and after",
    "learn_useful": "test_learning_pages.py walks it with its form, before and after",
    "learn_useful_thanks": "test_learning_pages.py walks it with its form, before and after",
}
"""Addresses that another walk holds against axe: which."""


def walked() -> set[str]:
    """The names of the addresses at which stops begin."""
    found = set()
    for stop in (*STOPS, *LEARNING, *LOOKING):
        try:
            with override("en"):
                found.add(resolve(stop.address.format(language="en").partition("?")[0]).view_name)
        except Resolver404:
            continue
    return found


def unseen(pages: Iterable[str], stops: set[str]) -> list[str]:
    return sorted(set(pages) - stops - set(PREPARED) - set(ELSEWHERE))


def shows_a_page(address: Address, line: Line, world: World) -> bool:
    """Whether somebody who may go there is answered with HTML."""
    for whose, row in line.whose.items():
        role = next((role for role in ROLES if row[role] == "200"), None)
        if role is not None and line.method == "GET":
            answer = world.client(role).get(path_of(address, line, world, whose))
            return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    return False


@pytest.fixture
def world(db) -> World:
    return World()


def test_every_page_outside_the_office_has_a_stop(world: World):
    table = lines()
    outside = [address for address in addresses() if not address.route.startswith(("office/", "^office/"))]
    pages = [one.name for one in outside if (line := line_for(one, table)) and shows_a_page(one, line, world)]
    assert len(pages) > 30, pages
    assert unseen(pages, walked()) == []


def test_every_stop_that_is_named_here_is_there():
    names = {stop.name for stop in (*STOPS, *PAGES)}
    assert set(PREPARED.values()) <= names
    assert set(PREPARED) | set(ELSEWHERE) <= {address.name for address in addresses()}


def test_a_seeded_page_without_a_stop_is_reported():
    assert unseen(["accounts:home", "seeded:page"], walked()) == ["seeded:page"]
