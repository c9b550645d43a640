"""Throttles: how often something may be tried, counted without keeping who tried.

Keys are HMACs under a key that is drawn anew every day and lives in the cache only, so a dump of the cache tells nobody
who came. The wait is never longer than the period. A cache that is down lets people through and says so in the log:
a defender must not be turned away by a broken counter.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import math
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils.translation import ngettext
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
            counter = _hidden(f"{self.name}\0{window}\0{key}", seconds // DAY)
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
            cache.delete(_hidden(f"{self.name}\0{seconds // self.period}\0{key}", seconds // DAY))
        except (RedisError, OSError) as failure:
            log.warning("a throttle could not forget", extra={"facts": {"class": type(failure).__name__}})


@dataclass(frozen=True)
class Familiar:
    """Places from which somebody came in today or yesterday: a limit that strangers use up does not hold there.

    NIST SP 800-63B, 3.2.2, names this against lock-outs by strangers. Kept as throttles are, so nothing of it lasts.
    """

    name: str

    def remember(self, key: str, *, at: datetime | None = None) -> None:
        """`key`, a name at a place, proved to be who it says. Never raises."""
        day = int((at or clock.now()).timestamp()) // DAY
        try:
            cache.set(_hidden(f"{self.name}\0{key}", day), 1, 2 * DAY)
        except (RedisError, OSError) as failure:
            log.warning("a place could not be remembered", extra={"facts": {"class": type(failure).__name__}})

    def knows(self, key: str, *, at: datetime | None = None) -> bool:
        """Whether `key` was remembered today or yesterday. Never raises."""
        day = int((at or clock.now()).timestamp()) // DAY
        try:
            return any(cache.get(_hidden(f"{self.name}\0{key}", known)) for known in (day, day - 1))
        except (RedisError, OSError):
            return False


def wait_words(seconds: float) -> str:
    """How long to wait, in words."""
    minutes = max(1, math.ceil(seconds / 60))
    return ngettext(
        "Too many tries. Wait %(minutes)d minute, then try again.",
        "Too many tries. Wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}


def _hidden(words: str, day: int) -> str:
    """What stands in the cache instead of a name and a place."""
    return f"throttle:{hmac.new(_daily_key(day), words.encode(), hashlib.sha256).hexdigest()}"


def _daily_key(day: int) -> bytes:
    """The key of a day, 32 random bytes; forgotten by the cache after two days, and on every restart of it."""
    name = f"throttle-key:{day}"
    cache.add(name, secrets.token_bytes(32), 2 * DAY)
    key = cache.get(name)
    return key if isinstance(key, bytes) else b""
