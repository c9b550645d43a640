"""The light pages of the public door, for who pays for each picture: `?light=1` leaves out pictures and scripts.

A declared parameter of every public address, so that a kept copy of a light page is one more page. Links and search
forms of a light page keep the parameter; the line at the foot leads back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from hrdplatform.web.doors import Door

PARAMETER: Final = "light"
ON: Final = "1"
WORD: Final = f"{PARAMETER}={ON}"

_LINK = re.compile(
    rb'(<a\b(?![^>]*\sdata-full\b)[^>]*?\shref=")'  # a link, but the one that leads back
    rb"(/[a-z]{2}/(?!aid/|parts/)(?:[^\"?#]*/)?)"  # to a page of the public door, not to a file
    rb"(?:\?(?![^\"#]*\blight=)([^\"#]*))?"  # its own parameters, unless it chooses for itself
    rb'(#[^"]*)?"'
)
_FORM = re.compile(rb'(<form\b[^>]*?\bmethod="get"[^>]*>)', re.IGNORECASE)
_HIDDEN = f'<input type="hidden" name="{PARAMETER}" value="{ON}">'.encode()


def keep(html: bytes) -> bytes:
    """The page with links and search forms that lead to light pages.

    >>> keep(b'<a class="x" href="/fr/learn/?q=a#b">')
    b'<a class="x" href="/fr/learn/?q=a&amp;light=1#b">'
    >>> keep(b'<a href="/fr/aid/">'), keep(b'<a href="/fr/a.epub">'), keep(b'<a href="/fr/?light=0">')
    (b'<a href="/fr/aid/">', b'<a href="/fr/a.epub">', b'<a href="/fr/?light=0">')
    >>> keep(b'<a data-full href="/fr/">')
    b'<a data-full href="/fr/">'
    """

    def link(found: re.Match[bytes]) -> bytes:
        start, path, query, anchor = found.groups()
        joined = query + b"&amp;" + WORD.encode() if query else WORD.encode()
        return start + path + b"?" + joined + (anchor or b"") + b'"'

    return _FORM.sub(lambda form: form.group(1) + _HIDDEN, _LINK.sub(link, html))


def wanted(request: HttpRequest) -> bool:
    """Whether this address asks for the light page."""
    return getattr(request, "door", Door.PUBLIC) == Door.PUBLIC and request.GET.get(PARAMETER) == ON


def other_address(request: HttpRequest) -> str:
    """This address as a light page or, from a light page, as a full one; its other parameters stay."""
    query = request.GET.copy()
    if not query.pop(PARAMETER, None):
        query[PARAMETER] = ON
    return f"{request.path}?{query.urlencode()}" if query else request.path


class LightMiddleware:
    """Lets the links of light pages lead to light pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        html = response.get("Content-Type", "").startswith("text/html")
        if html and not response.streaming and wanted(request):
            response.content = keep(response.content)
        return response
