"""Reads over the page trees and the catalogue: menus, the same page in other languages, what is new.

One query each.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Subquery
from wagtail.models import Page

from cms.domain.catalogue import ROOM
from cms.domain.trees import HOME_KEY, LEARN_KEY
from cms.models import Change, CoursePage, CourseParcel, Entry, FooterLink, Initiative, SectionPage, Topic
from cms.models.parcel import ENDINGS
from cms.states import Format
from hrdplatform.web import generations

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime

    from cms.models import BasePage
    from hrdplatform.organisations.models import Organisation

HOME_DEPTH = 2
MOST_CHANGES = 10
"""How many notes on what changed a page shows."""


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


def alternates(page: BasePage) -> tuple[tuple[str, str], ...]:
    """Language code and address of each live translation of `page`, itself included, by language code."""
    live = Page.objects.live().filter(translation_key=page.translation_key).order_by("locale__language_code")
    found = live.values_list("locale__language_code", "url_path")
    return generations.remembered(ROOM, f"alternates.{page.translation_key}", lambda: tuple(found))


def first_pages(language: str, *, learning: bool) -> list[Page]:
    """The home page of a language and, where asked for, its learning section below it; none where it has no pages."""
    keys = [HOME_KEY, LEARN_KEY] if learning else [HOME_KEY]
    found = Page.objects.live().filter(translation_key__in=keys, locale__language_code=language)
    return list(found.only("title", "url_path").order_by("depth"))


def public_addresses() -> list[tuple[uuid.UUID, str, str, datetime | None]]:
    """Every live page for the sitemap: what its translations share, language, address, last change.

    Sections in which nothing is published say nothing to anybody who searches.
    """
    published = Entry.objects.filter(organisation=OuterRef("organisation"), language=OuterRef("locale__language_code"))
    empty = SectionPage.objects.filter(~Exists(published), pk=OuterRef("pk"))
    pages = Page.objects.live().public().filter(~Exists(empty), depth__gte=HOME_DEPTH).order_by("path")
    return list(pages.values_list("translation_key", "locale__language_code", "url_path", "last_published_at"))


def listed_addresses() -> list[str]:
    """The addresses of topics and shown initiatives, below the language; two queries."""
    topics = Topic.objects.filter(Exists(Entry.objects.filter(topic=OuterRef("pk"))))
    shown = Initiative.objects.filter(shown=True)
    return [
        *(f"learn/topics/{slug}/" for slug in topics.values_list("slug", flat=True)),
        *(f"learn/initiatives/{slug}/" for slug in shown.values_list("slug", flat=True)),
    ]


def parcels_of(course: CoursePage) -> list[CourseParcel]:
    """The files in which a live course can be taken away, each with its `address`, `size` and form; one query.

    A file stays while a newer one is made.
    """
    found = list(CourseParcel.objects.filter(course=course).exclude(file="").order_by("form"))
    for parcel in found:
        parcel.course = course
    return found if course.live else []


def parcel_at(address: str) -> CourseParcel | None:
    """The file of the course whose `address` this is. Each ending is tried: a short name may end with `-scorm`."""
    courses = {address.removesuffix(ending) + "/": form for form, ending in ENDINGS.items() if address.endswith(ending)}
    found = CourseParcel.objects.exclude(file="").filter(course__live=True, course__url_path__in=courses)
    fitting = (row for row in found.select_related("course") if courses[row.course.url_path] == row.form)
    return next(fitting, None)


def entries(language: str, formats: Iterable[str], *, organisation: Organisation | None = None) -> list[Entry]:
    """What is live in `language`, the newest first, with topic and organisation."""
    found = Entry.objects.filter(language=language, format__in=list(formats)).select_related("organisation", "topic")
    if organisation is not None:
        found = found.filter(organisation=organisation)
    return list(found.order_by("-published_at", "-pk"))


def newest(language: str, *, most: int) -> list[Entry]:
    """The newest guides and courses in `language`."""
    found = Entry.objects.filter(language=language, format__in=[Format.GUIDE, Format.COURSE])
    return list(found.select_related("organisation", "topic").order_by("-published_at", "-pk")[:most])


def news_for_feeds(language: str, *, most: int, **narrowed: Topic | Organisation) -> list[Entry]:
    """What was changed last in `language`, with its page's `key`; lessons are told of by their course.

    `narrowed` may name a topic and an organisation.
    """
    found = Entry.objects.filter(language=language, **narrowed).exclude(format=Format.LESSON)
    found = found.select_related("organisation", "topic").annotate(key=F("page__translation_key"))
    return list(found.order_by("-changed_at", "-pk")[:most])


def trainings_to_come(language: str, *, at: datetime, most: int, **narrowed: Topic | Organisation) -> list[Entry]:
    """Trainings that have not ended at `at`, the next first. Each entry tells whether it is `cancelled`.

    `narrowed` may name a topic and an organisation.
    """

    def found() -> tuple[Entry, ...]:
        planned = Entry.objects.filter(language=language, format=Format.TRAINING, ends_at__gt=at)
        planned = planned.annotate(cancelled=F("page__trainingpage__cancelled"), place=F("page__trainingpage__place"))
        return tuple(planned.select_related("organisation").order_by("starts_at", "pk"))

    planned = generations.remembered(ROOM, f"trainings.{language}", found)
    fitting = (
        entry
        for entry in planned
        if entry.ends_at
        and entry.ends_at > at
        and all(getattr(entry, f"{name}_id") == row.pk for name, row in narrowed.items())
    )
    return list(islice(fitting, most))


def topics_in(language: str) -> list[Topic]:
    """The topics that something in `language` is about."""
    return list(Topic.objects.filter(Exists(Entry.objects.filter(topic=OuterRef("pk"), language=language))))


def topics_of_initiatives() -> list[Topic]:
    """The topics under which an initiative is shown."""
    return list(Topic.objects.filter(Exists(Initiative.objects.filter(topics=OuterRef("pk"), shown=True))))


def towns_of_initiatives() -> list[str]:
    """The towns of the initiatives that are shown."""
    towns = Initiative.objects.filter(shown=True).exclude(town="").order_by("town").values_list("town", flat=True)
    return list(towns.distinct())


def sections_in(language: str) -> list[SectionPage]:
    """The sections of organisations that publish something in `language`."""
    own = Entry.objects.filter(organisation=OuterRef("organisation"), language=language)
    found = SectionPage.objects.live().filter(Exists(own), locale__language_code=language)
    return list(found.select_related("organisation").order_by("title"))


def changes(page: BasePage) -> tuple[Change, ...]:
    """The newest public notes on what changed in `page`."""
    newest = Change.objects.filter(page_id=page.pk)[:MOST_CHANGES]
    return generations.remembered(ROOM, f"changes.{page.pk}", lambda: tuple(newest))
