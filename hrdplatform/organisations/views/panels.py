"""What organisations show on other rooms' pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hrdplatform.accounts.models import User


def own_organisations(request: HttpRequest | None, *objects: object) -> SafeString:
    """On the home of an account: where the person belongs, and as what."""
    if request is None or not isinstance(request.user, User):
        return SafeString("")
    memberships = request.user.memberships.select_related("organisation").order_by("organisation__slug", "role")
    return render_to_string("organisations/panel.html", {"memberships": memberships}, request)
