"""What learning shows on the home page: newest guides and courses in the main column, trainings beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cms import queries
from hrdplatform.web import clock

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251  # the type only: slots hand the request through

    from cms.models import HomePage


def newest(_request: HttpRequest | None, page: HomePage) -> SafeString:
    """For the slot `home.panels`. Empty where nothing is published."""
    entries = queries.newest(page.language, most=4)
    return render_to_string("cms/panels/newest.html", {"newest": entries}) if entries else SafeString("")


def trainings(_request: HttpRequest | None, page: HomePage) -> SafeString:
    """For the slot `home.margin`. Empty where no training is planned."""
    entries = queries.trainings_to_come(page.language, at=clock.now(), most=3)
    return render_to_string("cms/panels/trainings.html", {"trainings": entries}) if entries else SafeString("")
