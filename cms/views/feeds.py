"""Atom feeds (RFC 4287): what is new in a language, in a topic, from an organisation."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cms import queries
from cms.domain.catalogue import ROOM
from cms.domain.trees import LEARN_KEY
from cms.models import SectionPage, Topic
from cms.views.framing import framed, language_of
from hrdplatform.calendars.lines import line
from hrdplatform.web import doors
from hrdplatform.web.pagecache import kept

MOST: Final = 30
BEFORE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""When an empty feed was changed last: before anything was published."""


class Feed(Atom1Feed):
    """Django's, with the moment of the last change told from outside: an empty feed has one too."""

    def latest_post_date(self) -> datetime:
        latest: datetime = self.feed["changed_at"]
        return latest


def identity(*parts: object) -> str:
    """An identifier that stays when the host name or the address changes."""
    return uuid.uuid5(LEARN_KEY, ":".join(str(part) for part in parts)).urn


def answer(request: HttpRequest, title: str, about: str, entries: Iterable[Any]) -> HttpResponse:
    """The feed at this address; `about` is the path of the page it belongs to."""
    origin = doors.origin(doors.Door.PUBLIC, request)
    language = language_of()
    found = list(entries)
    feed = Feed(
        title=line(f"{title} · {settings.PLATFORM_NAME}"),
        link=f"{origin}{about}",
        description="",
        language=language,
        author_name=line(str(settings.PLATFORM_NAME)),
        feed_url=f"{origin}{request.path}",
        feed_guid=identity("feed", request.path),
        changed_at=max((entry.changed_at for entry in found), default=BEFORE),
    )
    for entry in found:
        feed.add_item(
            title=line(entry.title),
            link=f"{origin}{entry.address}",
            description=line(entry.lead),
            author_name=line(entry.organisation.name) if entry.organisation else None,
            pubdate=entry.published_at,
            updateddate=entry.changed_at,
            unique_id=identity(entry.key, language),
            categories=[line(entry.topic.name)] if entry.topic else [],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
@kept(ROOM)
def everything(request: HttpRequest) -> HttpResponse:
    """The newest of all organisations."""
    framed(request, "")
    about = f"/{language_of()}/learn/"
    return answer(request, gettext("New to learn"), about, queries.news_for_feeds(language_of(), most=MOST))


@require_safe
@kept(ROOM)
def of_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest about a topic."""
    framed(request, "")
    topic = get_object_or_404(Topic, slug=slug)
    found = queries.news_for_feeds(language_of(), most=MOST, topic=topic)
    return answer(request, topic.name, f"/{language_of()}/learn/topics/{topic.slug}/", found)


@require_safe
@kept(ROOM)
def of_section(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest of an organisation, at the address of its section."""
    address = f"/{language_of()}/learn/{slug}/"
    section = SectionPage.objects.live().filter(url_path=address).select_related("organisation").first()
    if section is None:
        raise Http404
    found = queries.news_for_feeds(language_of(), most=MOST, organisation=section.organisation)
    return answer(request, section.organisation.name, address, found)
