"""Reading a form without scripts: the form's key first, then its fields, then its files, each sealed as it comes.

Django's CSRF check would parse the whole body before a view can say how; here it happens at the first file, before a
byte of it is taken, and again at the end. A form whose key is wrong changes nothing, and what was typed goes back to
the page.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.http.request import UnreadablePostError
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.datastructures import MultiValueDict

from legal_aid.domain import plain_session
from legal_aid.domain.plain_files import SealingUploadHandler, Taken, Why
from legal_aid.domain.plain_session import Visit


class _Check(CsrfViewMiddleware):
    """Django's check, which says why instead of answering."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


class _FieldsFirst(MultiPartParser):
    """Django's parser; what was parsed so far can be seen."""

    def so_far(self) -> QueryDict:
        """The fields that stood before the part that is being read."""
        fields: QueryDict = self._post  # type: ignore[attr-defined]  # the stubs leave it out
        return fields


def _nothing(request: HttpRequest) -> HttpResponse:
    """A view that is not exempt from the check; never called."""
    return HttpResponse()


def key_is_right(request: HttpRequest) -> bool:
    """Whether the form carries the key of this browser's cookie."""
    check = _Check(_nothing)
    check.process_request(request)
    return check.process_view(request, _nothing, (), {}) is None


def read(request: HttpRequest, visit: Visit, *, at: datetime) -> tuple[bool, Taken]:
    """Read a posted form: whether its key is right, what became of its files. Sealed ones join the visit's draft."""
    if not request.headers.get("Content-Type", "").startswith("multipart/form-data"):
        return key_is_right(request), Taken()
    already = plain_session.draft(visit, at=at)
    handler = SealingUploadHandler(
        owner=visit.owner, already=len(already), at=at, allowed=lambda: _allowed(request, parser)
    )
    handler.request = request
    parser = _FieldsFirst(request.META, request, [handler], request.encoding or "utf-8")
    try:
        fields, _ = parser.parse()
    except (UnreadablePostError, MultiPartParserError, OSError):
        handler.abandon()
        raise
    finally:
        if handler.taken.sealed:
            beyond = plain_session.add_files(visit, handler.taken.sealed, at=at)
            handler.taken.refused += [(one.name, Why.MANY) for one in beyond]
    _set_fields(request, fields)
    return key_is_right(request), handler.taken


def _allowed(request: HttpRequest, parser: _FieldsFirst) -> bool:
    _set_fields(request, parser.so_far())
    return key_is_right(request)


def _set_fields(request: HttpRequest, fields: QueryDict) -> None:
    """Give the request its fields, so that nothing reads the body a second time."""
    request._post = fields  # type: ignore[attr-defined]  # noqa: SLF001 - as Django's own `_load_post_and_files`
    request._files = MultiValueDict()  # type: ignore[attr-defined]  # noqa: SLF001
