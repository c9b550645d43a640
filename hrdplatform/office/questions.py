"""What may be asked of a page API, the public one and the office's. Wagtail's hands on to the database what no column
can hold, and fails.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from rest_framework.request import Request
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.filters import FieldsFilter, SearchFilter
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.search.query import PlainText

FARTHEST: Final = 1_000_000
"""How far into a list somebody may ask."""


class PossibleFields(FieldsFilter):
    """Narrows by a day, a moment or another row where the value can be one."""

    def filter_queryset(self, request: Request, queryset: models.QuerySet[Any], view: PagesAPIViewSet) -> Any:
        """Raises `BadRequestError`."""
        asked = request.GET.keys() & set(view.get_available_fields(queryset.model, db_fields_only=True))
        description = queryset.model._meta  # noqa: SLF001  # Django's way to a model's fields
        for name in asked - {"locale"}:  # which has a filter of its own
            try:
                refuse_impossible(description.get_field(name), request.GET[name])
            except (ValidationError, ValueError, OverflowError) as impossible:
                raise BadRequestError(f"field filter error. this is no value for {name}") from impossible
        return super().filter_queryset(request, queryset, view)


def refuse_impossible(field: Any, value: str) -> None:
    """Raises `ValidationError`, `ValueError` or `OverflowError` where a column cannot hold a value. A moment names its
    offset: whose midnight would it be?
    """
    column = field.target_field if isinstance(field, models.ForeignKey) else field
    if not isinstance(column, models.DateField | models.IntegerField):
        return
    held = column.to_python(value)
    column.run_validators(held)
    if isinstance(column, models.DateTimeField):
        timezone.make_naive(held, UTC)


class PossibleSearch(SearchFilter):
    """Looks for all of the words, or for any."""

    def filter_queryset(self, request: Request, queryset: models.QuerySet[Any], view: PagesAPIViewSet) -> Any:
        """Raises `BadRequestError`."""
        if request.GET.get("search_operator", "").lower() not in {"", *PlainText.OPERATORS}:
            raise BadRequestError("search_operator must be 'and' or 'or'")
        return super().filter_queryset(request, queryset, view)


class PossiblePages(WagtailPagination):
    """A list cut into pages, as far as lists go."""

    def paginate_queryset(self, queryset: Any, request: Request, view: PagesAPIViewSet | None = None) -> Any:
        """Raises `BadRequestError`."""
        offset = request.GET.get("offset", "")
        if offset.isdecimal() and (len(offset) > len(str(FARTHEST)) or int(offset) > FARTHEST):
            raise BadRequestError(f"offset cannot be higher than {FARTHEST}")
        return super().paginate_queryset(queryset, request, view)


POSSIBLE: Final[dict[Any, Any]] = {FieldsFilter: PossibleFields, SearchFilter: PossibleSearch}


def possible(filters: list[Any]) -> list[Any]:
    """Filters of an endpoint, those that fail replaced."""
    return [POSSIBLE.get(one, one) for one in filters]


class OfficePages(PagesAdminAPIViewSet):
    """The pages that the office's own scripts ask for."""

    filter_backends: ClassVar[list[Any]] = possible(PagesAdminAPIViewSet.filter_backends)
    pagination_class = PossiblePages
