"""Addresses of the ground itself: `everywhere` carries no language, `spoken` stands below the language's prefix."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from hrdplatform.conf import configuration
from hrdplatform.web import leaving
from hrdplatform.web.views import health, leave, parts, start, wellknown

_probes: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
_everywhere: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("language/", start.language, name="language"),
    path("robots.txt", wellknown.robots, name="robots"),
    path("favicon.ico", wellknown.favicon, name="favicon"),
    *_probes,
]
_spoken: list[URLPattern | URLResolver] = [path(leaving.ADDRESS, leave.leave, name="leave")]
if not configuration.production:
    _spoken.append(path("parts/", parts.parts, name="parts"))

probes = path("", include((_probes, "web")))
everywhere = path("", include((_everywhere, "web")))
spoken = path("", include((_spoken, "spoken")))

handler400 = "hrdplatform.web.views.errors.bad_request"
handler403 = "hrdplatform.web.views.errors.forbidden"
handler404 = "hrdplatform.web.views.errors.not_found"
handler500 = "hrdplatform.web.views.errors.broken"
