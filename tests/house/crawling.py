"""Visiting every address as everybody."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.house.access import ROLES, Address, Line, status_of
from tests.house.world import World


@dataclass(frozen=True)
class Visit:
    """What one role got at one address, for things of the own or the other organisation (`who`: no difference)."""

    address: str
    path: str
    role: str
    whose: str
    status: str


def path_of(address: Address, line: Line | None, world: World, whose: str) -> str | None:
    """The path of an address, its parts filled in; None for a pattern without name that takes parts."""
    arguments = line.arguments if line else {}
    if address.name.endswith(")"):
        route = address.route.replace("^", "").replace("$", "").replace(".*", "x")
        return f"/{route}" if not address.parts and not address.nameless else None
    named = {part: world.fill(part, arguments.get(part), whose) for part in address.parts}
    try:
        return reverse(address.name, kwargs=named or None, args=["x/"] * address.nameless or None)
    except NoReverseMatch:
        return None


def crawl(
    address: Address, line: Line | None, world: World, clients: dict[str, Client], method: str = ""
) -> Iterator[Visit]:
    """One visit for each role and each owner, with the line's own method unless another is given."""
    for whose in line.whose if line else ("who",):
        path = path_of(address, line, world, whose)
        assert path is not None, f"{address.name}: no path for {address.route}"
        for role in ROLES:
            status = visit(clients[role], path, method or (line.method if line else "GET"))
            yield Visit(address.name, path, role, whose, status)


def visit(client: Client, path: str, method: str) -> str:
    """The status of one request, after which everything is as it was: rows, sessions and cookies."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        status = status_of(client.generic(method, path))
        transaction.set_rollback(True)
    client.cookies = cookies
    return status
