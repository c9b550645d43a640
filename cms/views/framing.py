"""The frame of pages that stand among Wagtail's and are none: heading, the way up, the same page in other languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from cms import queries
from hrdplatform.web import doors, languages


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What `cms/page.html` asks of a page."""

    title: str
    lead: str = ""
    framed: ClassVar[bool] = True
    """No editor's page, and always public."""


def language_of() -> str:
    """The language of the address."""
    return (get_language() or languages.DEFAULT)[:2]


def framed(
    request: HttpRequest, title: str, lead: str = "", *, below: Iterable[tuple[str, str]] = (), learning: bool = True
) -> dict[str, Any]:
    """The context for `cms/page.html`: `page`, `way`, `alternates`, `full_address`.

    Raises `Http404` in a language without pages. `below` names pages between the
    learning section and this one, with their addresses.
    """
    above = queries.first_pages(language_of(), learning=learning)
    if not above:
        raise Http404
    origin = doors.origin(doors.Door.PUBLIC, request)
    tail = request.path_info[3:]
    translations = [{"language": code, "full": f"{origin}/{code}{tail}"} for code in languages.PUBLIC]
    way = [{"title": page.title, "address": page.url_path} for page in above]
    return {
        "page": Heading(title=title, lead=lead),
        "way": [*way, *({"title": name, "address": address} for name, address in below)],
        "alternates": languages.with_fallback(translations),
        "full_address": f"{origin}{request.path_info}",
    }
