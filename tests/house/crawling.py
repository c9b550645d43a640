"""Visiting every address as everybody."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.house.access import ROLES, Address, Line, status_of
from tests.house.answers import changes, reason, wrong_policy
from tests.house.world import World

READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Answer:
    """What one request got, what it changed, and what it did that no answer may do."""

    status: str
    changed: frozenset[str] = frozenset()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Visit:
    """What one role got at one address, for things of the own or the other organisation (`who`: no difference).
    `allowed` names the entries of `answers.CHANGES` that it used.
    """

    address: str
    path: str
    role: str
    whose: str
    status: str
    faults: tuple[str, ...]
    allowed: frozenset[tuple[str, str]] = field(default=frozenset())


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
            used = method or (line.method if line else "GET")
            answer = visit(clients[role], path, used)
            reasons = {change: reason(address.name, change) for change in answer.changed if used in READING}
            faults = (*answer.faults, *(f"a {used} says {change}" for change, why in reasons.items() if why is None))
            allowed = frozenset(filter(None, reasons.values()))
            yield Visit(address.name, path, role, whose, answer.status, faults, allowed)


def visit(client: Client, path: str, method: str, *, secure: bool = False) -> Answer:
    """One request, after which everything is as it was: rows, sessions and cookies."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        with changes() as changed:
            response = client.generic(method, path, secure=secure)
            for _piece in response.streaming_content if response.streaming else ():
                pass  # a stream asks the database while it is read
        transaction.set_rollback(True)
    client.cookies = cookies
    return Answer(status_of(response), frozenset(changed), tuple(wrong_policy(path, response)))
