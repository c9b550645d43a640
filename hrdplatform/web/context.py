"""What every template may use."""

from __future__ import annotations

from django.http import HttpRequest

from hrdplatform.conf import configuration


def platform(request: HttpRequest) -> dict[str, object]:
    """The platform's name, a setting."""
    return {"platform_name": configuration.name}
