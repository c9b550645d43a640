"""What the front hall puts into the header and the foot of public pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from cms import queries
from hrdplatform.web import doors

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251  # the type only: slots hand the request through
    from wagtail.models import Page


def items(request: HttpRequest | None, pages: Iterable[Page]) -> SafeString:
    """List items with links; the page that one is on, or below, is marked."""
    here = request.path if request is not None else ""

    def item(page: Page) -> tuple[str, SafeString, str]:
        address = page.url_path
        current = format_html(' aria-current="{}"', "page" if address == here else "true")
        return address, current if address and here.startswith(address) else SafeString(""), page.title

    return format_html_join("", '<li><a href="{}"{}>{}</a></li>', (item(page) for page in pages))


def header_menu(request: HttpRequest | None, *_objects: object) -> SafeString:
    """The sections that editors chose, for the slot `header.menu`."""
    return items(request, queries.header_pages(get_language() or ""))


def footer_links(request: HttpRequest | None, *_objects: object) -> SafeString:
    """The pages that editors chose, for the slot `footer.links`."""
    return items(request, queries.footer_pages(get_language() or ""))


def search_way(_request: HttpRequest | None, *_objects: object) -> SafeString:
    """The way to the search, for the slot `home.ways`."""
    return format_html(
        '<li><h3><a href="/{}/search/">{}</a></h3><p>{}</p></li>',
        get_language(),
        gettext("Search"),
        gettext("Find a guide, a course or a training by a word, a topic or an organisation."),
    )


def aid_address(request: HttpRequest | None, path: str = "") -> str:
    """The address `/<language>/aid/<path>` on the sealed door: a path where this host answers for that door."""
    address = f"/{get_language()}/aid/{path}"
    house = doors.current()
    if request is not None:
        host = doors.bare_host(request)
        if host in house.shared or house.hosts.get(host) == doors.Door.AID:
            return address
    return f"{doors.origin(doors.Door.AID, request)}{address}"
