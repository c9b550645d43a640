"""Files of the house, each asked for anew: public while a live page shows them, else for those of the office who
may use them.

Anything else is 404, with the same answer for "not there" and "not for you", and before any conditional header is read.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.db import models
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from hrdplatform.media.models import PlatformDocument, PlatformRendition
from hrdplatform.media.queries import is_public
from hrdplatform.web.headers import FILE

PUBLIC_SECONDS = 300
IMAGE_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
}


def may_see_draft(request: HttpRequest, item: models.Model) -> bool:
    """People of the office who may use this very file, second factor done. Asked only where the public may not see, so
    that public files read no session and set no cookie.
    """
    user: Any = request.user
    if not (user.is_authenticated and user.is_verified() and user.has_perm("wagtailadmin.access_admin")):
        return False
    # None where no office is open in this process; Wagtail's stand-in would ask about the model alone.
    policy: Any = policy_registry.get_by_type(type(item), fallback=False)
    return policy is not None and policy.user_has_any_permission_for_instance(user, ["choose", "change"], item)


def allow(request: HttpRequest, item: models.Model) -> bool:
    """Whether everybody may see it. Raises `Http404` where this visitor may not."""
    public = is_public(item)
    if not public and not may_see_draft(request, item):
        raise Http404
    return public


def caching(*, public: bool) -> str:
    """`Cache-Control` of a file."""
    return f"public, max-age={PUBLIC_SECONDS}" if public else "private, no-store"


def answer(request: HttpRequest, item: models.Model, file: Any, etag: str, headers: dict[str, str]) -> HttpResponseBase:
    """The file with its headers, 304 when the reader has it, or 404."""
    public = allow(request, item)
    tag = quote_etag(etag)
    known = get_conditional_response(request, etag=tag) if public else None
    if isinstance(known, HttpResponseNotModified):
        known["Cache-Control"] = caching(public=public)
        return known
    try:
        opened = file.storage.open(file.name, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened)
    for name, value in headers.items():
        response[name] = value
    response["Cache-Control"] = caching(public=public)
    response["Content-Security-Policy"] = FILE
    if public:
        response["ETag"] = tag
    return response


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """One size of an image. The original has no address of its own."""
    found = PlatformRendition.objects.select_related("image").filter(file=f"images/{name}").first()
    if found is None:
        raise Http404
    kind = IMAGE_TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
    return answer(request, found.image, found.file, name, {"Content-Type": kind, "Content-Disposition": "inline"})


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """A document, always to be saved, never opened inside the page."""
    found = PlatformDocument.objects.filter(pk=document_id).first()
    if found is None or found.filename != document_filename:
        raise Http404
    headers = {
        "Content-Type": found.content_type,
        "Content-Disposition": f'attachment; filename="{found.filename}"',
        "X-Content-Type-Options": "nosniff",
    }
    return answer(request, found, found.file, found.get_file_hash(), headers)
