"""Reads over the page trees: menus, the way back up, and the same page in other languages. One query each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery
from wagtail.models import Page

from cms.models import CourseParcel, FooterLink

if TYPE_CHECKING:
    from cms.models import BasePage, CoursePage

HOME_DEPTH = 2


def header_pages(language: str) -> list[Page]:
    """The pages right under the home page of `language` that its editor put into the menu, in their order."""
    return list(
        Page.objects.live()
        .filter(depth=HOME_DEPTH + 1, show_in_menus=True, locale__language_code=language)
        .select_related("locale")
        .order_by("path")
    )


def footer_pages(language: str) -> list[Page]:
    """The pages that stand at the foot in `language`: translations of what any home page names, in that order."""
    named = FooterLink.objects.filter(page__translation_key=OuterRef("translation_key"))
    order = named.order_by("home_id", "sort_order")
    return list(
        Page.objects.live()
        .filter(locale__language_code=language)
        .filter(Exists(order))
        .annotate(place=Subquery(order.values("sort_order")[:1]))
        .select_related("locale")
        .order_by("place", "path")
    )


def way_up(page: BasePage) -> list[Page]:
    """The pages above `page`, from its home page down, without itself."""
    return list(page.get_ancestors().filter(depth__gte=HOME_DEPTH).select_related("locale").order_by("depth"))


def alternates(page: BasePage) -> list[Page]:
    """The live translations of `page`, itself included, by language code."""
    return list(
        Page.objects.live()
        .filter(translation_key=page.translation_key)
        .select_related("locale")
        .order_by("locale__language_code")
    )


def parcels_of(course: CoursePage) -> list[CourseParcel]:
    """The files in which a live course can be taken away, each with its `address`, `size` and form; one query.

    A file stays while a newer one is made.
    """
    found = list(CourseParcel.objects.filter(course=course).exclude(file="").order_by("form"))
    for parcel in found:
        parcel.course = course
    return found if course.live else []
