"""The public door's pages: Wagtail finds them, and a language without pages leads to the help it does have."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.views import serve as wagtail_serve

from cms.domain.catalogue import ROOM
from cms.menus import aid_address
from cms.moments import next_moment
from hrdplatform.web import doors, generations
from hrdplatform.web.pagecache import kept


@kept(ROOM, until=next_moment)
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path` in the address's language, or 404.

    Portuguese (and Arabic, until somebody plants its tree) have no pages but do have the sealed door: the first page
    of such a language leads there instead of showing another language under its name.
    """
    language = get_language() or ""
    page = page_at(language, path)
    if page is None and locale_of(language) is None:
        if path:
            raise Http404
        return redirect(aid_address(request))
    response: HttpResponse = (
        page.check_request_method(request) or page.serve(request) if page is not None else wagtail_serve(request, path)
    )
    return response


def page_at(language: str, path: str) -> Page | None:
    """The live page with this address, in two queries whatever its depth; None leaves the search to Wagtail.

    So does a restriction on any page at all: our office makes none, and Wagtail asks about them for each page.
    """
    locale = locale_of(language)
    if locale is None or locale.restricted:
        return None
    address = f"/{language}/{path}"
    slug = address.rstrip("/").rpartition("/")[2]  # the one of both that has an index
    live = Page.objects.live().filter(slug=slug, url_path=address, locale=locale)
    found = live.values_list("pk", "content_type_id").first()
    if found is None:
        return None
    key, kind = found
    model: Any = ContentType.objects.get_for_id(kind).model_class()
    page: Page | None = model.objects.filter(pk=key).first()
    if page is not None:
        page.locale = locale
    return page


def locale_of(language: str) -> Any:
    """Wagtail's row of a language, and whether any page is `restricted`; None for a language without a row."""
    rows = Locale.objects.filter(language_code=language).annotate(restricted=Exists(PageViewRestriction.objects.all()))
    return generations.remembered(ROOM, f"locale.{language}", rows.first)


def to_public(request: HttpRequest, path: str) -> HttpResponse:
    """The office's host shows no pages itself: links to them lead to the public door."""
    return redirect(f"{doors.origin(doors.Door.PUBLIC, request)}{request.path}")
