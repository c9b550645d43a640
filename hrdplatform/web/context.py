"""What every template may use."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from hrdplatform.web import light


def platform(request: HttpRequest) -> dict[str, object]:
    """`platform_name`, in the language of the page; `door`: public, office or aid; `light`: no pictures, no scripts."""
    return {
        "platform_name": settings.PLATFORM_NAME,
        "door": getattr(request, "door", "public"),
        "light": light.wanted(request),
    }
