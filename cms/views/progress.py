"""My progress: a page for the device's own list of finished lessons. The server knows nothing of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms import courses
from cms.domain.catalogue import ROOM
from hrdplatform.web.pagecache import kept


@kept(ROOM)
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Names every live course of the language; the script shows those that were begun on this device."""
    return render(request, "cms/progress.html", {"courses": courses.known_courses(get_language() or "")})
