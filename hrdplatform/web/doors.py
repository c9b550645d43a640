"""The three doors of the house: which host name leads to which, and addresses that lead from one to another.

In production each door has a host name of its own. In the embedded profile `localhost` answers for all of them (there
the path tells the door), while `public.localhost`, `office.localhost` and `aid.localhost` answer for their own only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.http import HttpRequest
from django.urls import reverse

from hrdplatform.conf import Configuration, configuration


class Door(StrEnum):
    """A way into the house; `request.door` is one of them."""

    PUBLIC = "public"
    OFFICE = "office"
    AID = "aid"


URLCONFS: Mapping[Door, str] = {
    Door.PUBLIC: "hrdplatform.urls.public",
    Door.OFFICE: "hrdplatform.urls.office",
    Door.AID: "hrdplatform.urls.aid",
}
EVERY_DOOR = "hrdplatform.urls"
PROBES = "hrdplatform.urls.probes"

_AID = re.compile(r"^/(desk|([a-z]{2}/)?aid)(/|$)")
_OFFICE = re.compile(r"^/(office|account)(/|$)")


def door_of_path(path: str) -> Door:
    """The door that a path belongs to where one host answers for all; `/account/` counts as the office's."""
    if _AID.match(path):
        return Door.AID
    if _OFFICE.match(path):
        return Door.OFFICE
    return Door.PUBLIC


def _stands_at(door: Door, path: str) -> bool:
    """Whether a path may exist at a door's own host: no office or desk on the public one, no desk at the office's."""
    if path.startswith("/account/"):
        return door != Door.PUBLIC
    return door_of_path(path) in {door, Door.PUBLIC}


@dataclass(frozen=True, kw_only=True)
class Doors:
    """Host names and their doors. `shared` hosts answer for all open doors, `probes` for health only."""

    hosts: Mapping[str, Door]
    shared: frozenset[str]
    probes: frozenset[str]
    opened: frozenset[Door]

    def way(self, host: str, path: str) -> tuple[Door, str] | None:
        """The door and the urlconf for a host name without port; None where nobody answers."""
        if host in self.probes:
            return Door.PUBLIC, PROBES
        own = self.hosts.get(host)
        if own is None and host not in self.shared:
            return None
        door = own or self._at_shared(path)
        if path.startswith("/health/"):
            return door, PROBES
        if door not in self.opened or (own is not None and not _stands_at(own, path)):
            return None
        return door, URLCONFS[door] if own else EVERY_DOOR

    def _at_shared(self, path: str) -> Door:
        """The door that a path leads to on a host for all. What no door has for itself alone (the first address, the
        files of the face) stands at any that is open, and accounts at the aid door where there is no office.
        """
        door = door_of_path(path)
        others: tuple[Door, ...] = ()
        if door == Door.PUBLIC:
            others = (Door.AID, Door.OFFICE)
        elif path.startswith("/account/"):
            others = (Door.AID,)
        return next((open_door for open_door in (door, *others) if open_door in self.opened), door)

    def host(self, door: Door) -> str:
        """The host name that leads to `door`: a shared one where there is one."""
        return min(self.shared) if self.shared else next(name for name, own in self.hosts.items() if own == door)


def doors(chosen: Configuration) -> Doors:
    """The doors that a configuration opens. Django's own test client calls itself `testserver`: it is shared too,
    and reaches nobody, since `ALLOWED_HOSTS` lets that name in during tests only.
    """
    hosts = {chosen.public_host: Door.PUBLIC, chosen.office_host: Door.OFFICE, chosen.aid_host: Door.AID}
    if chosen.onion_host:
        hosts[chosen.onion_host] = Door.AID
    shared: frozenset[str] = frozenset()
    if not chosen.production:
        hosts.pop("localhost", None)
        hosts["public.localhost"] = Door.PUBLIC
        shared = frozenset({"localhost", "testserver"})
    return Doors(
        hosts=hosts,
        shared=shared,
        probes=frozenset({"127.0.0.1"}),
        opened=frozenset(Door(name) for name in chosen.doors),
    )


@cache
def current() -> Doors:
    """The doors of this process."""
    return doors(configuration)


def bare_host(request: HttpRequest) -> str:
    """The host name without port, lower case. Raises `DisallowedHost`."""
    return request.get_host().rsplit(":", 1)[0].lower().rstrip(".")


def door_url(door: Door | str, name: str, *args: object, request: HttpRequest | None = None, **kwargs: object) -> str:
    """The address of a URL name on another door.

    With a request whose host answers for that door this is a path; otherwise an absolute address (mails pass none).
    """
    door = Door(door)
    path = reverse(name, urlconf=URLCONFS[door], args=args or None, kwargs=kwargs or None)
    house = current()
    if request is not None:
        here = bare_host(request)
        if here in house.shared or house.hosts.get(here) == door:
            return path
    return f"{origin(door, request)}{path}"


def origin(door: Door | str, request: HttpRequest | None = None) -> str:
    """Scheme, host and port of a door, without a slash at the end."""
    host = current().host(Door(door))
    if configuration.production:
        return f"https://{host}"
    port = str(configuration.port)
    if request is not None:
        port = request.get_host().partition(":")[2] or request.get_port()
    return f"http://{host}:{port}"
