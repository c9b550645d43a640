"""Cards of pages, each at an address that changes with what it shows, so that it can be kept for good."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.domain.card_files import card_of, digest_of


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def card(request: HttpRequest, page_id: int, digest: str) -> HttpResponse:
    """The card of a live page as it is now; 404 for any other, so that nobody can have one drawn from her own words."""
    page = get_object_or_404(Page.objects.live().public().select_related("locale"), pk=page_id)
    if digest != digest_of(page):
        raise Http404
    return HttpResponse(card_of(page), content_type="image/png")
