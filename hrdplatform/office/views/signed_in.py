"""Whether one is still signed in: what pages of the office ask before they send a form (`office/signed_in.js`)."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_GET

from hrdplatform.web import clock


@require_GET
def signed_in(request: HttpRequest) -> JsonResponse:
    """The token that forms need now, since signing in renews it, and in how many seconds the session ends.

    Asking does not prolong the session. Who is signed out is answered 401 by `SecondFactorMiddleware`.
    """
    left = request.session.ends_at - clock.now()  # type: ignore[attr-defined]  # our own store
    request.session.modified = False
    return JsonResponse({"token": get_token(request), "seconds": int(left.total_seconds())})
