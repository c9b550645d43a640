"""Cards of pages, each at an address that changes with what it shows, so that it can be kept for good."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.domain.card_files import Card, card_of, card_of_site, drawn
from hrdplatform.web.languages import NAMES

kept_for_good = cache_control(public=True, max_age=31_536_000, immutable=True)


@require_safe
@kept_for_good
def card(request: HttpRequest, page_id: int, digest: str) -> HttpResponse:
    """The card of a live page as it is now; 404 for any other, so that nobody can have one drawn from her own words."""
    page = get_object_or_404(Page.objects.live().public().select_related("locale"), pk=page_id)
    return answer(card_of(page), digest)


@require_safe
@kept_for_good
def site_card(request: HttpRequest, language: str, digest: str) -> HttpResponse:
    """The card of the site in one of its languages; 404 for any other."""
    if language not in NAMES:
        raise Http404
    return answer(card_of_site(language), digest)


def answer(wanted: Card, digest: str) -> HttpResponse:
    """The picture. Raises `Http404` where it shows something else by now."""
    if digest != wanted.digest:
        raise Http404
    return HttpResponse(drawn(wanted), content_type="image/png")
