"""Topics: all of them, and what there is to read about one."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cms import queries
from cms.domain.catalogue import ROOM
from cms.models import Entry, Topic
from cms.moments import next_moment
from cms.states import Format
from cms.views.framing import framed, language_of
from hrdplatform.web import clock
from hrdplatform.web.pagecache import kept

PER_PAGE: Final = 30
READ: Final = (Format.COURSE, Format.GUIDE, Format.NEWS)


@require_safe
@kept(ROOM)
def topics(request: HttpRequest) -> HttpResponse:
    """Every topic that something is about in this language."""
    context = framed(request, gettext("Topics"))
    context["topics"] = queries.topics_in(language_of())
    return render(request, "cms/topics.html", context)


@require_safe
@kept(ROOM, until=next_moment)
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is about one topic, and the trainings about it."""
    about = get_object_or_404(Topic, slug=slug)
    language = language_of()
    above = (gettext("Topics"), f"/{language}/learn/topics/")
    context = framed(request, about.name, about.description, below=[above])
    entries = Entry.objects.filter(language=language, topic=about, format__in=READ).select_related("organisation")
    readings = Paginator(entries.order_by("-published_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    request.declared = {"page": {str(number) for number in readings.paginator.page_range}}  # type: ignore[attr-defined]  # ours, see pagecache
    trainings = queries.trainings_to_come(language, at=clock.now(), most=5, topic=about)
    context |= {"topic": about, "readings": readings, "trainings": trainings}
    return render(request, "cms/topic.html", context)
