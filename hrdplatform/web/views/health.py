"""Health: is the process alive, and is it ready to serve."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hrdplatform.web import health


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 whenever the process answers at all; asks nobody."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when everything that a visitor needs answers, 503 otherwise. Words only, never an address or a message."""
    report = health.report()
    return JsonResponse(report.as_dict(), status=200 if report.ready else 503)
