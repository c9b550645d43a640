"""The public door's pages: Wagtail finds them, and a language without pages leads to the help it does have."""

from __future__ import annotations

from django.db.models import Exists
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.views import serve as wagtail_serve

from cms.domain.catalogue import ROOM
from cms.menus import aid_address
from cms.moments import next_moment
from hrdplatform.web import doors
from hrdplatform.web.pagecache import kept


@kept(ROOM, until=next_moment)
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path` in the address's language, or 404.

    Portuguese (and Arabic, until somebody plants its tree) have no pages but do have the sealed door: the first page
    of such a language leads there instead of showing another language under its name.
    """
    language = get_language() or ""
    page = page_at(language, path)
    if page is None and not Locale.objects.filter(language_code=language).exists():
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
    address = f"/{language}/{path}"
    slug = address.rstrip("/").rpartition("/")[2]
    live = Page.objects.live().select_related("locale")
    found = live.filter(
        ~Exists(PageViewRestriction.objects.all()), slug=slug, url_path=address, locale__language_code=language
    ).first()
    if found is None:
        return None
    page: Page = found.specific
    page.locale = found.locale
    return page


def to_public(request: HttpRequest, path: str) -> HttpResponse:
    """The office's host shows no pages itself: links to them lead to the public door."""
    return redirect(f"{doors.origin(doors.Door.PUBLIC, request)}{request.path}")
