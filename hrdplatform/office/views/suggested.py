"""The tags that are suggested while somebody types one. Wagtail's own view suggests those of the whole house."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, JsonResponse
from taggit.models import Tag

from hrdplatform.office import seen

MOST: Final = 10


def suggested(request: HttpRequest, app_name: str = "taggit", model_name: str = "tag") -> JsonResponse:
    """The visitor's tags that begin as what she typed. Raises `Http404` for tags of a kind that the house has not."""
    if (app_name, model_name) != ("taggit", "tag"):
        raise Http404
    begun = request.GET.get("term", "")
    known = seen.known_tags(request.user) if begun else Tag.objects.none()
    found = known.filter(name__istartswith=begun).order_by("name").values_list("name", flat=True)
    return JsonResponse(list(found[:MOST]), safe=False)
