"""The read-only API (Wagtail's version 2): live pages as JSON, for newsletters and for other organisations' sites.

Fields are named here, one by one: what stands nowhere in `FIELDS` is not told, whatever a model may hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from rest_framework.exceptions import Throttled
from rest_framework.serializers import SlugRelatedField
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page

from cms.models import (
    BasePage,
    ChannelsPage,
    CoursePage,
    GuidePage,
    HomePage,
    LearningPage,
    LessonPage,
    NewsPage,
    SectionPage,
    StandardPage,
    TrainingPage,
)
from cms.search.words import LONGEST
from hrdplatform.office.questions import PossiblePages, possible
from hrdplatform.web.addresses import client_address
from hrdplatform.web.throttle import Throttle

FROM_ONE_CIRCUIT: Final = Throttle("api", limit=300, period=60)
LONGEST_QUERY: Final = 1000

FIELDS: Final[Mapping[type[Page], tuple[str, ...]]] = {
    BasePage: ("lead",),
    HomePage: ("hero",),
    SectionPage: ("organisation",),
    LearningPage: ("topic", "audience", "level", "licence", "contributors", "checked_on", "review_by"),
    CoursePage: ("objectives", "prerequisites", "body", "facilitator_notes"),
    LessonPage: ("minutes", "body"),
    GuidePage: ("body",),
    NewsPage: ("body",),
    StandardPage: ("body",),
    ChannelsPage: ("introduction", "channels"),
    TrainingPage: (
        "starts_at",
        "ends_at",
        "place",
        "online",
        "spoken",
        "registration",
        "register_by",
        "cancelled",
        "body",
    ),
}
NAMED: Final = ("topic", "organisation")
"""Rows that are told by the short name that addresses have for them."""


class PagesEndpoint(PagesAPIViewSet):
    """Lists of pages and single pages. Asks for no session and sets none."""

    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = []
    filter_backends: ClassVar[list[Any]] = possible(PagesAPIViewSet.filter_backends)
    pagination_class = PossiblePages
    meta_fields: ClassVar[list[str]] = [
        "type",
        "detail_url",
        "html_url",
        "slug",
        "first_published_at",
        "locale",
        "parent",
    ]
    known_query_parameters = PagesAPIViewSet.known_query_parameters - {"site"}

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view({"get": "listing_view"}), name="listing"),
            path("<int:pk>/", cls.as_view({"get": "detail_view"}), name="detail"),
        ]

    @classmethod
    def get_body_fields(cls, model: type[Page]) -> list[APIField]:
        names = [name for kind, names in FIELDS.items() if issubclass(model, kind) for name in names]
        return [*(APIField(name) for name in cls.body_fields), *(told(name) for name in names)]

    @classmethod
    def get_meta_fields(cls, model: type[Page]) -> list[APIField]:  # noqa: ARG003  # the same for every kind
        return [APIField(name) for name in cls.meta_fields]

    def initial(self, request: Any, *arguments: Any, **words: Any) -> None:
        """Raises `Throttled`, or `BadRequestError` for questions that no honest program asks."""
        super().initial(request, *arguments, **words)
        verdict = FROM_ONE_CIRCUIT.hit(client_address(request))
        if not verdict:
            raise Throttled(wait=verdict.seconds)
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY or len(request.GET.get("search", "")) > LONGEST:
            raise BadRequestError("the query is too long")

    def finalize_response(
        self, request: HttpRequest, response: HttpResponseBase, *arguments: Any, **words: Any
    ) -> HttpResponseBase:
        final: HttpResponseBase = super().finalize_response(request, response, *arguments, **words)
        if final.status_code == 200:
            final["Cache-Control"] = "public, max-age=60"
        return final


def told(name: str) -> APIField:
    """A field as the API tells it."""
    return APIField(name, serializer=SlugRelatedField(slug_field="slug", read_only=True) if name in NAMED else None)


router = WagtailAPIRouter("api")
router.register_endpoint("pages", PagesEndpoint)
