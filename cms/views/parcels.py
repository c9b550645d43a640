"""Courses to take away: the file of a live course at the course's own address with an ending."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms import queries
from cms.domain.parcels import wish
from cms.models import CourseParcel
from cms.packages.site import ascii_name
from cms.states import Parcel
from hrdplatform.web import clock
from hrdplatform.web.headers import FILE

SECONDS = 300
TYPES = {Parcel.EPUB: "application/epub+zip", Parcel.SITE: "application/zip", Parcel.SCORM: "application/zip"}


@require_safe
def parcel(request: HttpRequest, path: str) -> HttpResponseBase:
    """The newest file, to be saved; 404 where the course is not live, has none yet, or is none."""
    found = queries.parcel_at(f"/{get_language()}/{path}")
    if found is None:
        raise Http404
    tag = quote_etag(found.digest)
    known = get_conditional_response(request, etag=tag)
    response = known if isinstance(known, HttpResponseNotModified) else content(found)
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """In the office: asks for one form of a course once more. 404 for who may not change the course."""
    from cms.office.parcels import seen_by  # noqa: PLC0415  # the office's list shows this view

    found = seen_by(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    wish(found, at=clock.now())
    messages.success(request, _("It will be made again in a moment."))
    return redirect("office_parcels:index")


def content(found: CourseParcel) -> HttpResponseBase:
    """The file with what a browser has to know of it. Raises `Http404` where the storage has lost it."""
    try:
        opened = default_storage.open(str(found.file.name), "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened)
    response["Content-Type"] = TYPES[Parcel(found.form)]
    response["Content-Length"] = str(found.size)
    name = ascii_name(found.course.slug) + found.ending
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = FILE
    return response
