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

_TAG = re.compile(rb"<(a|form)\s[^<>]*>")
_HREF = re.compile(
    rb'\shref="(/[a-z]{2}/(?!aid/|parts/)(?:[^"?#]*/)?)'  # a page of the public door, not a file
    rb'(?:\?(?![^"#]*\blight=)([^"#]*))?'  # its own parameters, unless it chooses for itself
    rb'(#[^"]*)?"'
)
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
    return _TAG.sub(lambda tag: _form(tag) if tag.group(1) == b"form" else _link(tag), html)


def _form(tag: re.Match[bytes]) -> bytes:
    """A search form carries the word along; one that is posted stays as it is."""
    return tag.group() + _HIDDEN if b'method="get"' in tag.group() else tag.group()


def _link(tag: re.Match[bytes]) -> bytes:
    if b" data-full " in tag.group():  # the one that leads back
        return tag.group()

    def href(found: re.Match[bytes]) -> bytes:
        path, query, anchor = found.groups(b"")
        joined = query + b"&amp;" + WORD.encode() if query else WORD.encode()
        return b' href="' + path + b"?" + joined + anchor + b'"'

    return _HREF.sub(href, tag.group())


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
