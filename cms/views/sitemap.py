"""The sitemap (sitemaps.org 0.9): every public page in every language, each naming its translations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Final
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest, HttpResponse
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms import queries
from hrdplatform.calendars.lines import line
from hrdplatform.web import doors, languages

MOST: Final = 50_000
"""As many addresses as one sitemap may hold."""

SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML: Final = "http://www.w3.org/1999/xhtml"
OURS: Final = ("learn/topics/", "learn/glossary/", "learn/initiatives/", "learn/calendar/", "emergency/")
"""Addresses in every language that are no pages of Wagtail's."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One address with when it changed and what it is in other languages."""

    address: str
    changed_at: datetime | None
    translations: list[dict[str, str]]


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Nothing but what anybody may read: live pages, topics and initiatives that are shown."""
    stream = StringIO()
    xml = SimplerXMLGenerator(stream, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl({"xmlns": SITEMAP, "xmlns:xhtml": XHTML}))
    for number, place in enumerate(places(doors.origin(doors.Door.PUBLIC, request))):
        if number == MOST:
            break
        write(xml, place)
    xml.endElement("urlset")
    xml.endDocument()
    return HttpResponse(stream.getvalue(), content_type="application/xml; charset=utf-8")


def write(xml: SimplerXMLGenerator, place: Place) -> None:
    """One `url` element."""
    xml.startElement("url", AttributesImpl({}))
    xml.addQuickElement("loc", line(place.address))
    if place.changed_at is not None:
        xml.addQuickElement("lastmod", place.changed_at.isoformat(timespec="seconds"))
    for known in place.translations:
        told = {"rel": "alternate", "hreflang": known["language"], "href": line(known["full"])}
        xml.addQuickElement("xhtml:link", attrs=told)
    xml.endElement("url")


def places(origin: str) -> Iterator[Place]:
    """Pages grouped with their translations, then our own lists in every language that has pages."""
    groups: dict[object, list[tuple[str, str, datetime | None]]] = defaultdict(list)
    for key, language, address, changed_at in queries.public_addresses():
        groups[key].append((language, address, changed_at))
    spoken = {language for group in groups.values() for language, _address, _changed_at in group}
    for tail in (*OURS, *queries.listed_addresses()):
        groups[tail] = [(code, f"/{code}/{tail}", None) for code in languages.PUBLIC if code in spoken]
    for group in groups.values():
        translations = [{"language": language, "full": f"{origin}{address}"} for language, address, _at in group]
        for _language, address, changed_at in group:
            told = languages.with_fallback(translations) if len(translations) > 1 else []
            yield Place(address=f"{origin}{address}", changed_at=changed_at, translations=told)
