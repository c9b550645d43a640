"""The case desk on the home of an account: a link for members of a legal-aid team."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hrdplatform.web.doors import Door, current
from legal_aid.queries import member_of


def desk_door(request: HttpRequest | None, *objects: object) -> SafeString:
    """The link to the desk; empty for everybody else, and where this process does not open the aid door."""
    if request is None or Door.AID not in current().opened or member_of(request.user.pk) is None:
        return SafeString("")
    return render_to_string("legal_aid/account_home.html", {}, request)
