"""The office on the home of an account: a link for who may enter."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hrdplatform.office.access import ENTER
from hrdplatform.web.doors import Door, current


def office_door(request: HttpRequest | None, *objects: object) -> SafeString:
    """The link to the office; empty for who has no work there, and where this process does not open that door."""
    if request is None or Door.OFFICE not in current().opened or not request.user.has_perm(ENTER):
        return SafeString("")
    return render_to_string("office/account_home.html", {}, request)
