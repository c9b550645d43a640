"""Which relying party a request stands at: host names that the installation chose, nothing else."""

from __future__ import annotations

from django.http import HttpRequest

from hrdplatform.accounts.domain.passkeys import RelyingParty
from hrdplatform.conf import configuration
from hrdplatform.web.doors import Door, bare_host, current


def party_of(request: HttpRequest) -> RelyingParty | None:
    """The relying party of the office's, the aid door's or the one-machine host; None where there are no passkeys.

    An onion address has none: its browser knows no passkeys. The port is free only on one machine, where the host is
    `localhost` or below it; browsers leave the usual one out of an origin.
    """
    host = bare_host(request)
    house = current()
    own = house.hosts.get(host)
    if host == configuration.onion_host or (host not in house.shared and own not in {Door.OFFICE, Door.AID}):
        return None
    if configuration.production:
        return RelyingParty(host=host, origin=f"https://{host}")
    port = request.get_port()
    return RelyingParty(host=host, origin=f"http://{host}" if port == "80" else f"http://{host}:{port}")
