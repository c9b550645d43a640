"""What the front hall puts into the header and the foot of public pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, override

from cms import queries
from cms.domain.catalogue import ROOM
from hrdplatform.web import doors, generations
from hrdplatform.web.languages import PUBLIC
from hrdplatform.web.templatetags.platform import icon

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251  # the type only: slots hand the request through
    from wagtail.models import Page


Links = tuple[tuple[str, str], ...]
"""Addresses with their titles."""


def items(request: HttpRequest | None, links: Links, *, kind: str = "") -> SafeString:
    """List items with links, of the class `kind`; the page that one is on, or below, is marked."""
    here = request.path if request is not None else ""

    of_kind = format_html(' class="{}"', kind) if kind else SafeString("")

    def item(address: str, title: str) -> tuple[SafeString, str, SafeString, str]:
        current = format_html(' aria-current="{}"', "page" if address == here else "true")
        return of_kind, address, current if address and here.startswith(address) else SafeString(""), title

    return format_html_join("", '<li{}><a href="{}"{}>{}</a></li>', (item(*link) for link in links))


def links(name: str, pages: Callable[[str], Iterable[Page]]) -> Links:
    """What `pages` finds in the page's language, looked up once until something in the room changes."""
    language = get_language() or ""
    return generations.remembered(
        ROOM, f"{name}.{language}", lambda: tuple((page.url_path, page.title) for page in pages(language))
    )


def header_menu(request: HttpRequest | None, *_objects: object) -> SafeString:
    """The sections that editors chose, for the slot `header.menu`."""
    return items(request, links("header", queries.header_pages))


def search_item(request: HttpRequest | None, *_objects: object) -> SafeString:
    """The search, after the sections, for the slot `header.menu`."""
    return items(request, ((f"/{get_language()}/search/", format_html("{}{}", icon("search"), gettext("Search"))),))


def emergency_item(request: HttpRequest | None, *_objects: object) -> SafeString:
    """Emergency numbers in a telephone's menu, for the slot `header.menu`; at a desk they stand at the foot only."""
    numbers = format_html("{}{}", icon("phone"), gettext("Emergency numbers"))
    return items(request, ((f"/{get_language()}/emergency/", numbers),), kind="folded")


def emergency_link(request: HttpRequest | None, *_objects: object) -> SafeString:
    """Emergency numbers at the foot of every page, for the slot `footer.links`."""
    return items(request, ((f"/{get_language()}/emergency/", gettext("Emergency numbers")),))


def footer_links(request: HttpRequest | None, *_objects: object) -> SafeString:
    """The pages that editors chose, for the slot `footer.links`."""
    return items(request, links("footer", queries.footer_pages))


def search_way(_request: HttpRequest | None, *_objects: object) -> SafeString:
    """The way to the search, for the slot `home.ways`."""
    return format_html(
        '<li><h3><a href="/{}/search/">{}</a></h3><p>{}</p></li>',
        get_language(),
        gettext("Search"),
        gettext("Find a guide, a course or a training by a word, a topic or an organisation."),
    )


def error_ways(_request: HttpRequest | None, *_objects: object) -> SafeString:
    """Where somebody who found nothing may look on, for the slot `error.ways`: search, guides, numbers.

    In a language that has no pages, the guides of those that have some. Asks no database.
    """
    language = get_language() or ""
    if language in PUBLIC:
        return items(
            None,
            (
                (f"/{language}/search/", gettext("Search")),
                (f"/{language}/learn/", gettext("Guides and courses")),
                (f"/{language}/emergency/", gettext("Emergency numbers")),
            ),
        )
    return format_html_join(
        "", '<li><a href="/{0}/learn/" lang="{0}" hreflang="{0}" dir="ltr">{1}</a></li>', map(guides_in, PUBLIC)
    )


def guides_in(language: str) -> tuple[str, str]:
    """A language with its own words for what there is to read."""
    with override(language):
        return language, gettext("Guides and courses")


def learning_elsewhere() -> dict[str, str]:
    """For the language menu of a page that speaks of one page: the learning sections of the other languages."""
    return {code: f"/{code}/learn/" for code in PUBLIC if code != get_language()}


def aid_address(request: HttpRequest | None, path: str = "") -> str:
    """The address `/<language>/aid/<path>` on the sealed door: a path where this host answers for that door."""
    address = f"/{get_language()}/aid/{path}"
    house = doors.current()
    if request is not None:
        host = doors.bare_host(request)
        if host in house.shared or house.hosts.get(host) == doors.Door.AID:
            return address
    return f"{doors.origin(doors.Door.AID, request)}{address}"
