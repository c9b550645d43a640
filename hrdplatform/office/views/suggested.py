"""The tags that are suggested while somebody types one. Wagtail's own view suggests those of the whole house."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, JsonResponse

from hrdplatform.office import seen

MOST: Final = 10


def suggested(request: HttpRequest, app_name: str = "taggit", model_name: str = "tag") -> JsonResponse:
    """The visitor's tags that begin as what she typed. Raises `Http404` for tags of a kind that the house has not."""
    if (app_name, model_name) != ("taggit", "tag"):
        raise Http404
    begun = request.GET.get("term", "")
    found = seen.known_tags(request.user).filter(name__istartswith=begun).order_by("name") if begun else []
    return JsonResponse([tag.name for tag in found[:MOST]], safe=False)
