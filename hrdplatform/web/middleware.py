"""Middleware of all doors: the headers that every answer carries, and which door this is."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from hrdplatform.conf import configuration
from hrdplatform.web import headers
from hrdplatform.web.addresses import Proxies
from hrdplatform.web.doors import Door, Doors, bare_host, current
from hrdplatform.web.views.errors import method_not_allowed

Handler = Callable[[HttpRequest], HttpResponse]

METHODS = frozenset({"GET", "HEAD", "POST"})
ADDRESSED = {
    "PUT": ("/sealed/", "/office/localize/translate/"),
    "DELETE": ("/sealed/", "/office/"),
    "PATCH": ("/office/dismissibles/",),
}
"""What is put, deleted and patched by its address: sealed uploads, and what Wagtail's own scripts ask of the office."""


class HeadersMiddleware:
    """Adds the content security policy and its companions; outermost, so that no answer escapes it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        door = getattr(request, "door", Door.PUBLIC)
        path = request.path_info
        own = response.get("Content-Security-Policy")
        for name, value in headers.fixed(door, framed=path.startswith("/office/")).items():
            response[name] = value
        if own in {headers.FILE, headers.FILM}:
            response["Content-Security-Policy"] = own
        if not path.startswith(settings.STATIC_URL) and headers.confidential(door, path):
            for name, value in headers.CONFIDENTIAL.items():
                response[name] = value
            for name in ("ETag", "Last-Modified", "Expires"):
                response.headers.pop(name, None)
        return response


class DoorMiddleware:
    """Sets `request.door`, `request.urlconf` and `request.client_address` from host name and hop.

    Raises `DisallowedHost` (400) for unknown hosts, `BadRequest` (400) for a NUL in path, query or form, and `Http404`
    for doors that this process does not open; answers 405 to methods that no address takes.
    """

    def __init__(self, get_response: Handler, doors: Doors | None = None, proxies: Proxies | None = None) -> None:
        self.get_response = get_response
        self.doors = doors or current()
        self.proxies = proxies or Proxies(configuration.trusted_proxies)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.client_address = self.proxies.client(request.META)  # type: ignore[attr-defined]  # ours, see addresses
        host = bare_host(request)
        if host not in self.doors.hosts and host not in self.doors.shared and host not in self.doors.probes:
            raise DisallowedHost("This host name leads to no door.")
        way = self.doors.way(host, request.path_info)
        if way is None:
            raise Http404
        request.door, request.urlconf = way  # type: ignore[attr-defined]  # ours, see doors
        if not self.takes(request):
            return method_not_allowed(request)
        if "charset" in (request.content_params or {}):
            # Our forms are UTF-8. A codec named by the sender would make of a form what no browser sends.
            request.encoding = "utf-8"
        refuse_nul(request)
        return self.get_response(request)

    def takes(self, request: HttpRequest) -> bool:
        """Whether the method is one that some address takes."""
        if request.method in METHODS:
            return True
        return any(part in request.path_info for part in ADDRESSED.get(request.method or "", ()))


def refuse_nul(request: HttpRequest) -> None:
    """Raises `BadRequest` for a NUL in path or query now, and for one in a form's fields when a view asks for them.

    No browser sends one. PostgreSQL and some of Wagtail's filters break on it; files and sealed bodies may hold it. The
    form is looked at where Django reads it, since a view may choose first how its files are taken.
    """
    if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        raise BadRequest("A NUL in an address.")
    read = request._load_post_and_files  # noqa: SLF001  # no other place

    def reading() -> None:
        read()
        form = request._post  # type: ignore[attr-defined]  # noqa: SLF001  # `POST` would read once more
        if any("\0" in word for name, words in form.lists() for word in (name, *words)):
            request._mark_post_parse_error()  # type: ignore[attr-defined]  # noqa: SLF001  # an empty form from now on
            raise BadRequest("A NUL in a form.")

    request._load_post_and_files = reading  # type: ignore[method-assign]  # noqa: SLF001


UNSPOKEN = ("/desk/", "/office/", "/account/", "/media/", "/health/", "/api/", "/cards/")


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but what is missing in a room without language prefixes is missing: it is not looked for below one.

    The front hall's pages answer for every path below a language, so Django would send each 404 of the desk there.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(UNSPOKEN):
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
            return response
        return super().process_response(request, response)
