"""What every template may use."""

from __future__ import annotations

from django.http import HttpRequest

from hrdplatform.conf import configuration


def platform(request: HttpRequest) -> dict[str, object]:
    """`platform_name`, a setting, and `door`: public, office or aid."""
    return {"platform_name": configuration.name, "door": getattr(request, "door", "public")}
