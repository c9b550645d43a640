"""What every template may use."""

from __future__ import annotations

from django.http import HttpRequest

from hrdplatform.conf import configuration
from hrdplatform.web import light


def platform(request: HttpRequest) -> dict[str, object]:
    """`platform_name`, a setting; `door`: public, office or aid; `light`: whether pictures and scripts stay away."""
    return {
        "platform_name": configuration.name,
        "door": getattr(request, "door", "public"),
        "light": light.wanted(request),
    }
