"""Where a request comes from, and where one may be led: forwarding headers count only when the next hop is one of our
own proxies, and a way back that somebody names is a path of this host or nothing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, MutableMapping
from typing import Any, Final

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from hrdplatform.conf import configuration
from hrdplatform.web.doors import bare_host

_FORWARDING = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_REAL_IP",
)
CIRCUITS = ipaddress.ip_network("fc00:dead:beef:4dad::/64")
"""What tor writes into the PROXY header for each circuit (`HiddenServiceExportCircuitID haproxy`)."""
SCHEMES: Final = frozenset({"https", "http", "mailto", "tel"})
"""How a link that somebody writes may begin."""


class Proxies:
    """The proxies in front of us: networks like `10.0.0.0/8`, single addresses, or `unix` for a socket."""

    def __init__(self, trusted: Iterable[str]) -> None:
        words = list(trusted)
        self.socket = "unix" in words
        self.networks = [ipaddress.ip_network(word, strict=False) for word in words if word != "unix"]

    def trusts(self, address: str) -> bool:
        """Whether `address`, empty for a Unix socket, is one of them."""
        if not address:
            return self.socket
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self.networks)

    def client(self, meta: MutableMapping[str, Any]) -> str:
        """The visitor's address, and takes forwarding headers of strangers out of `meta`.

        Behind trusted proxies it is the last entry of `X-Forwarded-For` that is no proxy of ours: what stands before
        it was written by the visitor.
        """
        hop = str(meta.get("REMOTE_ADDR", ""))
        if not self.trusts(hop):
            for name in _FORWARDING:
                meta.pop(name, None)
            return hop
        for entry in reversed(str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")):
            candidate = entry.strip()
            if candidate and not self.trusts(candidate):
                return candidate
        return hop


def client_address(request: HttpRequest) -> str:
    """The visitor's address as the door saw it: for throttle keys only, never for a log or a table."""
    return str(getattr(request, "client_address", request.META.get("REMOTE_ADDR", "")))


def circuit(request: HttpRequest, *, onion: str = configuration.onion_host) -> str:
    """What tells one visitor's tries from another's, for throttle keys only; empty where nothing does.

    Behind an onion service everybody has the address of the local tor: there the circuit counts, and where tor does not
    tell it nobody is slowed for others' tries.
    """
    address = client_address(request)
    return "" if onion and bare_host(request) == onion and not _is_circuit(address) else address


def _is_circuit(address: str) -> bool:
    try:
        return ipaddress.ip_address(address) in CIRCUITS
    except ValueError:
        return False


def local(target: str) -> str:
    """`target` if it is a path of this host, else nothing. `//evil`, whole addresses and mere words lead nowhere."""
    good = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if good else ""
