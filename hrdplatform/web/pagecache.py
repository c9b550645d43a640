"""Whole pages of the public door, kept for who comes without a cookie: which answers, under which key, until when.

A view says by `@kept` that a copy of its answer may be given to anybody. Nothing else is kept, and nothing of what such
an answer is made of may come from the visitor but what the key holds: scheme, host, path and declared query parameters.
"""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Callable, Container, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, Final, ParamSpec
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from redis.exceptions import RedisError

from hrdplatform.conf import configuration
from hrdplatform.web import clock, generations, light
from hrdplatform.web.copies import LARGEST, Copy, Keeping, Shelf
from hrdplatform.web.doors import Door

log = logging.getLogger("hrdplatform.pagecache")

GRACE_SECONDS: Final = 5.0
"""How long others are given the old copy while one makes the new one; counted from when it was last good."""
BUILD_SECONDS: Final = 10
"""After this time somebody who began a new copy is taken for dead."""
LONGEST_QUERY: Final = 200

PAGES: Final = re.compile(r"^/[a-z]{2}/")
HARMLESS: Final = frozenset({settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME})
"""Cookies that change nothing on a kept page. Who brings any other may be somebody, and gets an answer of her own."""

Key = tuple[str, str, str, str]
"""Scheme, host with port, path and query, as they were sent."""
P = ParamSpec("P")


def kept(
    *rooms: str, until: Callable[[datetime], datetime | None] | None = None
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """Lets a copy of a view's answer be given to everybody who asks without a cookie.

    `rooms` are those whose rows it shows; `until` gives the next moment after one at which the clock changes what it
    shows (the turn of the day in Luxembourg is always such a moment). A view whose address takes query parameters puts
    them, with their values, into `request.declared`: any other query makes an answer that is not kept.
    """

    def decorated(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, /, *arguments: P.args, **words: P.kwargs) -> HttpResponse:
            # All of this before the view reads anything: what changes meanwhile makes the copy old, not wrong.
            began, at, numbers = time.monotonic(), clock.now(), generations.current(rooms)
            boundary = until(at) if until is not None else None
            response = view(request, *arguments, **words)
            end = min(moment for moment in (boundary, at + generations.LONGEST, next_day(at)) if moment is not None)
            response.keeping = Keeping(rooms=rooms, numbers=numbers, began=began, at=at, until=end)  # type: ignore[attr-defined]
            return response

        return answer

    return decorated


def next_day(at: datetime) -> datetime:
    """The coming midnight in the house's time zone: words such as "today" and "overdue" change then."""
    day = timezone.localdate(at) + timedelta(days=1)
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001  # made aware right here


class PageCacheMiddleware:
    """Answers from a kept copy before session, language and accounts are looked at; keeps what may be kept.

    Stands below the doors, which know host and scheme, and below the headers, which every answer gets anew.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse], grace: float = GRACE_SECONDS) -> None:
        self.get_response = get_response
        self.grace = grace

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        now, copy = clock.now(), shelf.find(key)
        if copy is None:
            return self.made(request, key, now)
        if copy.good(generations.current(copy.keeping.rooms), now):
            return copy.answer(request, now)
        if not begins(key):
            return copy.answer(request, now) if copy.bearable(self.grace) else self.made(request, key, now)
        try:
            return self.made(request, key, now)
        finally:
            ends(key)

    def made(self, request: HttpRequest, key: Key, now: datetime) -> HttpResponse:
        """A new answer; its copy on the shelf where it may be kept, nothing there where not."""
        response = self.get_response(request)
        if request.method != "GET":
            return response
        if not may_keep(request, response):
            shelf.drop(key)
            return response
        copy = Copy(response, response.keeping)  # type: ignore[attr-defined]  # ours, see `kept`
        shelf.put(key, copy)
        return copy.answer(request, now)


def key_of(request: HttpRequest) -> Key | None:
    """Under what an answer to this request is kept; None where it must come from the rooms themselves."""
    meta, path = request.META, request.path_info
    host, query = meta.get("HTTP_HOST", ""), meta.get("QUERY_STRING", "")
    if (
        request.method not in {"GET", "HEAD"}
        or getattr(request, "door", None) != Door.PUBLIC
        or not PAGES.match(path)
        or request.path != path
        or not canonical_host(host)
        or len(query) > LONGEST_QUERY
        or "HTTP_AUTHORIZATION" in meta
        or not anonymous(meta.get("HTTP_COOKIE", ""))
    ):
        return None
    return str(request.scheme), host, path, query


def canonical_host(host: str) -> bool:
    """Whether this is how visitors write the host. In production others would only fill the shelf."""
    return host == configuration.public_host if configuration.production else host == host.lower() != ""


def anonymous(cookies: str) -> bool:
    """Whether a Cookie header says nothing about who sends it."""
    return not cookies or all(part.partition("=")[0].strip() in HARMLESS for part in cookies.split(";"))


def may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer may be given to everybody: said so by its view, whole, and made for nobody in particular."""
    return (
        hasattr(response, "keeping")
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not any(response.has_header(name) for name in ("Vary", "Cache-Control", "Expires", "Content-Encoding"))
        and not getattr(request, "is_preview", False)
        and declared(request)
        and len(response.content) <= LARGEST
    )


def declared(request: HttpRequest) -> bool:
    """Whether the query holds declared parameters only, each once, each with a declared value, in plain spelling."""
    query = request.META.get("QUERY_STRING", "")
    known: Mapping[str, Container[str]] = {light.PARAMETER: {light.ON}, **getattr(request, "declared", {})}
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return False
    once = len({name for name, _value in pairs}) == len(pairs)
    return once and urlencode(pairs) == query and all(value in known.get(name, ()) for name, value in pairs)


shelf = Shelf()
"""The copies of this process."""


def turn(key: Key) -> str:
    return f"pagecache:{hashlib.sha256(repr(key).encode()).hexdigest()}"


def begins(key: Key) -> bool:
    """Whether it is this thread that makes the new copy, the first in all processes that share a cache.

    A cache that is down lets everybody begin.
    """
    try:
        return cache.add(turn(key), 1, BUILD_SECONDS)
    except (RedisError, OSError) as failure:
        log.warning("no turn could be taken for a page", extra={"facts": {"class": type(failure).__name__}})
        return True


def ends(key: Key) -> None:
    """The new copy stands, or could not be made; the next may begin."""
    with suppress(RedisError, OSError):  # it ends by itself
        cache.delete(turn(key))
