"""The table of addresses: `access.toml` read, and every pattern of the resolver held against it.

A status is a number, `sign-in` (302 to the sign-in page), `step` (302 to another step of signing in), `office` (302 to
the office's start, where Wagtail sends who lacks a right), `shut` (302 to the office's own door, which answers 403 to
who has no role there) or `elsewhere` (302 to some other address of the house).
Several are separated by `|`.
"""

import fnmatch
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import HttpResponseBase  # noqa: TID251 - a test reads answers
from django.urls import URLPattern, URLResolver, get_resolver

ROLES = (
    "anonymous",
    "defender",
    "author",
    "editor",
    "official",
    "strategy_officer",
    "assessor",
    "case_worker",
    "team_lead",
    "administrator",
)
TABLE = Path(__file__).with_name("access.toml")
FORMS = Path(__file__).with_name("access_forms.toml")
REFUSED = frozenset({"405", "404", "403", "sign-in", "step", "shut", "office"})
"""What an empty form may get at an address that `FORMS` does not list."""


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its name with namespaces, its route, and the names of its parts."""

    name: str
    route: str
    parts: tuple[str, ...]
    nameless: int


@dataclass(frozen=True)
class Line:
    """One line of the table. `whose` holds the expectation for things of the own and of the other organisation."""

    pattern: str
    whose: dict[str, dict[str, str]]
    arguments: dict[str, str]
    method: str


def addresses(resolver: URLResolver | None = None, above: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Address]:
    """Every pattern that a visitor can reach, in the order of the resolver."""
    for pattern in (resolver or get_resolver("hrdplatform.urls")).url_patterns:
        route = above + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            names = tuple(pattern.pattern.regex.groupindex) or tuple(pattern.pattern.converters)
            nameless = 0 if names else pattern.pattern.regex.groups
            yield Address(":".join((*spaces, pattern.name or f"({route})")), route, names, nameless)
        else:
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern, route, inner)


def expectation(row: dict[str, Any]) -> dict[str, str]:
    """Role -> status; `every` stands for who is not named."""
    return {role: str(row[role] if role in row else row["every"]) for role in ROLES}


def lines(file: Path = TABLE) -> list[Line]:
    """The table's lines in order; the first that fits an address counts."""
    table = tomllib.loads(file.read_text("utf-8"))
    found = []
    for pattern, row in table.get("owned", {}).items():
        whose = {owner: expectation(row[owner]) for owner in ("own", "other")}
        found.append(Line(pattern, whose, row.get("arguments", {}), row.get("method", "GET")))
    for row in table.get("shared", {}).values():
        found += [Line(name, {"who": expectation(row)}, {}, "GET") for name in row["addresses"]]
    return found


def line_for(address: Address, table: list[Line]) -> Line | None:
    return next((line for line in table if fnmatch.fnmatchcase(address.name, line.pattern)), None)


def unlisted(found: list[Address], table: list[Line]) -> list[str]:
    """Names of addresses that no line covers."""
    return sorted({address.name for address in found if line_for(address, table) is None})


def unused(found: list[Address], table: list[Line]) -> list[str]:
    """Lines that no address needs any more."""
    used = {line.pattern for address in found if (line := line_for(address, table))}
    return [line.pattern for line in table if line.pattern not in used]


def status_of(response: HttpResponseBase) -> str:
    """The status in the table's words."""
    if response.status_code not in {301, 302, 303}:
        return str(response.status_code)
    target = str(response["Location"])
    assert target.startswith("/"), f"leads out of the house: {target}"
    if target.startswith("/account/login/"):
        return "sign-in"
    if target.startswith(("/account/second-factor/", "/account/enrol/")):
        return "step"
    if target.startswith("/office/login/"):
        return "shut"
    return "office" if target == "/office/" else "elsewhere"


def fits(status: str, wanted: str) -> bool:
    return status in wanted.split("|")
