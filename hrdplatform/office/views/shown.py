"""What the translation editor asks about a picture or a document that a page shows: its title, and how it looks.

Wagtail's own lists answer everybody of the office about everything; these answer what somebody may choose.
"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from hrdplatform.media import sizes
from hrdplatform.office.choices import offered

THUMBNAIL = "max-165x165"  # the one that choosers show, so it is there already


def picture(request: HttpRequest, number: int) -> JsonResponse:
    """Title and thumbnail; an empty one of a picture whose file is lost, for the editor asks for its address in any
    case. Raises `Http404` where the visitor could not choose it.
    """
    found = get_object_or_404(offered(get_image_model(), request.user), pk=number)
    small = sizes.shown(found, THUMBNAIL)
    thumbnail = {"url": small.url, "width": small.width, "height": small.height} if small else {}
    return JsonResponse({"id": found.pk, "title": found.title, "thumbnail": thumbnail})


def document(request: HttpRequest, number: int) -> JsonResponse:
    """The title. Raises `Http404` where the visitor could not choose it."""
    found = get_object_or_404(offered(get_document_model(), request.user), pk=number)
    return JsonResponse({"id": found.pk, "title": found.title})
