"""Throttles: how often something may be tried, counted without keeping who tried.

Keys are HMACs under a key that is drawn anew every day and lives in the cache only, so a dump of the cache tells nobody
who came. The wait is never longer than the period. A cache that is down lets people through and says so in the log:
a defender must not be turned away by a broken counter.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from redis.exceptions import RedisError

from hrdplatform.web import clock

log = logging.getLogger("hrdplatform.throttle")
DAY = 86_400


@dataclass(frozen=True)
class Verdict:
    """Whether a try is allowed, and how many seconds to wait where it is not."""

    allowed: bool
    seconds: int

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True)
class Throttle:
    """At most `limit` tries in each window of `period` seconds for one key."""

    name: str
    limit: int
    period: int

    def hit(self, key: str, *, at: datetime | None = None) -> Verdict:
        """Counts one try of `key`: an account name, a circuit, an address. Never raises."""
        seconds = int((at or clock.now()).timestamp())
        window, passed = divmod(seconds, self.period)
        try:
            counter = self._counter(key, window, seconds // DAY)
            cache.add(counter, 0, self.period)
            tries = cache.incr(counter)
        except ValueError:  # the counter ended between the two calls
            tries = 1
        except (RedisError, OSError) as failure:
            log.warning("a throttle could not count", extra={"facts": {"class": type(failure).__name__}})
            tries = 1
        return Verdict(allowed=tries <= self.limit, seconds=0 if tries <= self.limit else self.period - passed)

    def forget(self, key: str, *, at: datetime | None = None) -> None:
        """Starts `key` anew, after a success."""
        seconds = int((at or clock.now()).timestamp())
        try:
            cache.delete(self._counter(key, seconds // self.period, seconds // DAY))
        except (RedisError, OSError) as failure:
            log.warning("a throttle could not forget", extra={"facts": {"class": type(failure).__name__}})

    def _counter(self, key: str, window: int, day: int) -> str:
        digest = hmac.new(_daily_key(day), f"{self.name}\0{window}\0{key}".encode(), hashlib.sha256)
        return f"throttle:{digest.hexdigest()}"


def _daily_key(day: int) -> bytes:
    """The key of a day, 32 random bytes; forgotten by the cache after two days, and on every restart of it."""
    name = f"throttle-key:{day}"
    cache.add(name, secrets.token_bytes(32), 2 * DAY)
    key = cache.get(name)
    return key if isinstance(key, bytes) else b""
