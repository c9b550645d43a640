"""Kept copies of answers in the memory of one process: what a copy holds, how long it is good, how many there are."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

PROXY_SECONDS: Final = 30
"""A proxy in front may keep an answer so long: nobody can tell it that something has changed."""
MOST_BYTES: Final = 32 * 1024 * 1024
LARGEST: Final = 1024 * 1024
COMPRESSED = ("text/", "application/atom+xml", "application/json", "application/xml")
WITHOUT = frozenset({"content-length", "content-encoding", "cache-control", "vary", "etag"})
"""Headers that a copy writes itself, to fit who asks and when."""


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What a view says about its answer: the rooms it read, their generations when it began, and its time."""

    rooms: tuple[str, ...]
    numbers: tuple[int, ...]
    began: float
    at: datetime
    until: datetime


class Copy:
    """One answer, good until its time is over or something in its rooms has changed.

    It is compressed for who wants that: it holds no secret that its length could give away (BREACH needs one beside
    what an attacker may choose).
    """

    def __init__(self, response: HttpResponse, keeping: Keeping) -> None:
        self.body = response.content
        self.headers = {name: value for name, value in response.items() if name.lower() not in WITHOUT}
        self.keeping = keeping
        self.etag = f'W/"{hashlib.sha256(self.body).hexdigest()[:32]}"'
        self.compressible = self.headers.get("Content-Type", "").startswith(COMPRESSED)
        self.packed: dict[str, bytes] = {}
        self.seen_good = keeping.began

    def good(self, numbers: tuple[int, ...], now: datetime) -> bool:
        """Whether nothing has changed since, neither by anybody nor by the clock. A clock put back counts as change."""
        good = numbers == self.keeping.numbers and self.keeping.at <= now < self.keeping.until
        if good:
            self.seen_good = time.monotonic()
        return good

    def bearable(self, grace: float) -> bool:
        """Whether it was still good less than `grace` seconds ago."""
        return time.monotonic() - self.seen_good < grace

    @property
    def size(self) -> int:
        """Bytes held at most, with both compressed forms."""
        return 2 * len(self.body) + 1024

    def answer(self, request: HttpRequest, now: datetime) -> HttpResponse:
        """The answer for one visitor: compressed as her browser takes it, or 304 where she has it already."""
        encoding = preferred(request.META.get("HTTP_ACCEPT_ENCODING", "")) if self.compressible else ""
        body = self.encoded(encoding)
        response = HttpResponse(b"" if request.method == "HEAD" else body, headers=self.headers)
        seconds = max(0, min(PROXY_SECONDS, int((self.keeping.until - now).total_seconds())))
        response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={seconds}"
        response.headers["Content-Length"] = str(len(body))
        response.headers["ETag"] = self.etag
        if self.compressible:
            response.headers["Vary"] = "Accept-Encoding"
        if encoding:
            response.headers["Content-Encoding"] = encoding
        if "HTTP_IF_NONE_MATCH" in request.META:
            return get_conditional_response(request, etag=self.etag, response=response) or response
        return response

    def encoded(self, encoding: str) -> bytes:
        """The body in one of the encodings, compressed when it is first asked for."""
        if not encoding:
            return self.body
        if encoding not in self.packed:
            self.packed[encoding] = (
                brotli.compress(self.body, quality=5) if encoding == "br" else gzip.compress(self.body, 6, mtime=0)
            )
        return self.packed[encoding]


def preferred(accepted: str) -> str:
    """`br`, `gzip` or nothing, from an Accept-Encoding header. A word with a weight of its own counts as not there.

    >>> preferred("gzip, deflate, br, zstd"), preferred("gzip;q=0, br;q=0.1"), preferred("GZIP"), preferred("*")
    ('br', '', 'gzip', '')
    """
    words = {word.strip() for word in accepted[:200].lower().split(",")}
    return "br" if "br" in words else "gzip" if "gzip" in words else ""


class Shelf:
    """The copies of this process, those asked for least lately going first. Never more than `most` bytes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self.held = 0
        self.lock = threading.Lock()
        self.copies: OrderedDict[Hashable, Copy] = OrderedDict()

    def find(self, key: Hashable) -> Copy | None:
        with self.lock:
            copy = self.copies.get(key)
            if copy is not None:
                self.copies.move_to_end(key)
            return copy

    def put(self, key: Hashable, copy: Copy) -> None:
        with self.lock:
            self._take(key)
            self.copies[key] = copy
            self.held += copy.size
            while self.held > self.most:
                self._take(next(iter(self.copies)))

    def drop(self, key: Hashable) -> None:
        with self.lock:
            self._take(key)

    def clear(self) -> None:
        with self.lock:
            self.copies.clear()
            self.held = 0

    def _take(self, key: Hashable) -> None:
        gone = self.copies.pop(key, None)
        if gone is not None:
            self.held -= gone.size
