"""The first address: chooses the language and nothing else. And the language of pages whose address carries none."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe

from hrdplatform.web.addresses import local
from hrdplatform.web.doors import Door
from hrdplatform.web.languages import NAMES, offered, preferred


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Leads to the language that the browser prefers; no cookie, one redirect."""
    own: Door = request.door  # type: ignore[attr-defined]  # ours, see doors
    if own == Door.OFFICE:
        return redirect("/office/")
    language = preferred(request, offered(own))
    response = redirect(f"/{language}/aid/" if own == Door.AID else f"/{language}/")
    response["Cache-Control"] = "public, max-age=300"
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keeps the language of the account, desk and office pages in a cookie until the browser closes."""
    response = HttpResponseRedirect(local(request.POST.get("next", "")) or "/")
    code = request.POST.get("language", "")
    if code in NAMES and check_for_language(code):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, path="/", secure=True, httponly=True, samesite="Lax")
    return response
