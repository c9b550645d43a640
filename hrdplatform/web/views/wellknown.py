"""Small files that browsers and robots ask for at fixed addresses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hrdplatform.web.doors import Door, origin

_PUBLIC = "User-agent: *\nDisallow: /office/\nDisallow: /desk/\nDisallow: /account/\n"
_CLOSED = "User-agent: *\nDisallow: /\n"


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """The public door may be read by robots, the others not."""
    closed = getattr(request, "door", Door.PUBLIC) != Door.PUBLIC
    words = _CLOSED if closed else f"{_PUBLIC}Sitemap: {origin(Door.PUBLIC, request)}/sitemap.xml\n"
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark, for browsers that do not read the page's own link."""
    return redirect(static("web/mark.svg"))
