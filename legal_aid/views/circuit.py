"""Wrong tries with receipts, counted by circuit: guessing 103 bits is hopeless, the throttle is for load."""

from __future__ import annotations

from django.http import HttpRequest

from hrdplatform.web.addresses import circuit
from hrdplatform.web.throttle import Throttle

from .refusals import TooOftenError

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


def tries(request: HttpRequest) -> Tries:
    """The counter of the request's circuit."""
    return Tries(circuit(request))
