"""Where the quick exit leads: a page about plum tart, and no session any more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hrdplatform.web import leaving


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Ends the visit. A link, since leaving must work everywhere and at once: the one GET that ends something.
    It takes nothing but the visitor's own session, so a foreign page that calls it only signs her out.
    """
    return leaving.leave(request, render(request, "web/leave.html"))
