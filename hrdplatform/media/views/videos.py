"""Videos and their tracks, in whole or in the part that a player asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any, Final

from django.db.models import Q
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from hrdplatform.media.models import PlatformVideo, Track
from hrdplatform.media.videos import KINDS
from hrdplatform.media.views import serve
from hrdplatform.web.headers import FILE, FILM

CHUNK: Final = 64 * 1024
CSP: Final = "Content-Security-Policy"
_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")


class Part:
    """A stretch of an open file, read in pieces; closes the file."""

    def __init__(self, file: IO[bytes], begin: int, length: int) -> None:
        self.file = file
        self.left = length
        file.seek(begin)

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0 and (piece := self.file.read(min(CHUNK, self.left))):
            self.left -= len(piece)
            yield piece

    def close(self) -> None:
        """Called by Django when the answer is over, read or not."""
        self.file.close()


def wanted(header: str, size: int) -> tuple[int, int] | None:
    """First byte and length of the one stretch that a `Range` header asks for; none for the whole.

    Answers a length of 0 for a stretch outside the file. Several stretches at once, and what is no range, are the
    whole.

    >>> wanted("bytes=2-5", 10), wanted("bytes=2-", 10), wanted("bytes=-3", 10)
    ((2, 4), (2, 8), (7, 3))
    >>> wanted("bytes=10-", 10), wanted("bytes=0-1,4-5", 10), wanted("bytes=5-2", 10), wanted("", 10)
    ((10, 0), None, None, None)
    """
    found = _RANGE.match(header)
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        return size - length, length
    begin, end = int(first), min(int(last), size - 1) if last else size - 1
    if last and int(last) < begin:
        return None
    return begin, max(0, end - begin + 1)


def answer(request: HttpRequest, item: PlatformVideo, file: Any, headers: dict[str, str]) -> HttpResponseBase:
    """The file or a part of it: 200, 206, 304, 416, or 404 for who may not see `item`. The name changes with the
    content, so it is the tag.
    """
    public = serve.allow(request, item)
    tag = quote_etag(PurePosixPath(file.name).name)
    known = get_conditional_response(request, etag=tag) if public else None
    if isinstance(known, HttpResponseNotModified):
        known["Cache-Control"] = serve.caching(public=public)
        return known
    try:
        opened = file.storage.open(file.name, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    fresh = request.headers.get("If-Range", tag) == tag
    part = wanted(request.headers.get("Range", ""), opened.size) if fresh and request.method == "GET" else None
    response = stretch(opened, part, body=request.method == "GET")
    for name, value in headers.items():
        response[name] = value
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = serve.caching(public=public)
    if public:
        response["ETag"] = tag
    return response


def stretch(opened: Any, part: tuple[int, int] | None, *, body: bool) -> HttpResponseBase:
    """The answer's status, length and, but for HEAD, content."""
    size = opened.size
    begin, length = part or (0, size)
    status = 200 if part is None else 206 if length else 416
    if body and length:
        response: HttpResponseBase = StreamingHttpResponse(Part(opened, begin, length), status=status)
    else:
        opened.close()
        response = HttpResponse(status=status)
    response["Content-Length"] = str(length)
    if part is not None:
        response["Content-Range"] = f"bytes {begin}-{begin + length - 1}/{size}" if length else f"bytes */{size}"
    return response


@require_safe
def video(request: HttpRequest, name: str) -> HttpResponseBase:
    """A video or its version with audio description."""
    stored = f"videos/{name}"
    found = PlatformVideo.objects.filter(Q(file=stored) | Q(described=stored)).first()
    if found is None:
        raise Http404
    _container, kind = KINDS.get(PurePosixPath(name).suffix, (None, "application/octet-stream"))
    file = found.file if found.file.name == stored else found.described
    return answer(request, found, file, {"Content-Type": kind, "Content-Disposition": "inline", CSP: FILM})


@require_safe
def track(request: HttpRequest, name: str) -> HttpResponseBase:
    """Captions, chapters or descriptions; as public as their video."""
    found = Track.objects.select_related("video").filter(file=f"videos/{name}").first()
    if found is None:
        raise Http404
    headers = {"Content-Type": "text/vtt; charset=utf-8", "Content-Disposition": "inline", CSP: FILE}
    return answer(request, found.video, found.file, headers)
