"""Error pages."""

from django.http import HttpRequest, HttpResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came back without its token."""
    return HttpResponse(status=403)
