"""From which circuit or address a try comes, for the throttle only: kept nowhere, compared under a daily key in the
cache.

Behind an onion service everybody has the address of the local tor; there the circuit counts, which tor writes into the
PROXY header as an address of its own range (`HiddenServiceExportCircuitID haproxy`). Without it nobody is slowed for
others' tries: guessing 103 bits is hopeless, the throttle is for load.
"""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest

from hrdplatform.conf import configuration
from hrdplatform.web.addresses import client_address
from hrdplatform.web.doors import bare_host
from hrdplatform.web.throttle import Throttle

from .refusals import TooOftenError

CIRCUITS = ipaddress.ip_network("fc00:dead:beef:4dad::/64")
WRONG = Throttle("receipt-wrong", limit=20, period=600)


class Tries:
    """Counts the wrong tries of one circuit."""

    def __init__(self, key: str) -> None:
        self._key = key

    def wrong(self) -> None:
        """Count a wrong try. Raises `TooOftenError` beyond twenty in ten minutes."""
        if not self._key:
            return
        verdict = WRONG.hit(self._key)
        if not verdict:
            raise TooOftenError(verdict.seconds)


def key_of(request: HttpRequest) -> str:
    """What tells one visitor's tries from another's; empty where nothing does."""
    address = client_address(request)
    if configuration.onion_host and bare_host(request) == configuration.onion_host and not _is_circuit(address):
        return ""
    return address


def tries(request: HttpRequest) -> Tries:
    """The counter of the request's circuit."""
    return Tries(key_of(request))


def _is_circuit(address: str) -> bool:
    try:
        return ipaddress.ip_address(address) in CIRCUITS
    except ValueError:
        return False
