"""The calendar of trainings: a month to look at, and files that people's own calendars follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cms import queries
from cms.domain import trainings
from cms.domain.catalogue import ROOM
from cms.models import Entry
from cms.moments import next_moment
from cms.views.framing import framed, language_of
from hrdplatform.calendars.files import calendar_file
from hrdplatform.calendars.months import Month, days_off, resting
from hrdplatform.web import clock, doors
from hrdplatform.web.pagecache import kept

KIND: Final = "text/calendar; charset=utf-8"
NEXT: Final = 10


@dataclass(kw_only=True)
class Day:
    """A day of the sheet."""

    day: date
    off: str
    rest: bool
    trainings: list[Entry] = field(default_factory=list)


@require_safe
@kept(ROOM, until=next_moment)
def calendar(request: HttpRequest) -> HttpResponse:
    """One month (`month=2027-03`, else this one) and what comes next. 404 for what is no month."""
    today = timezone.localdate(clock.now())
    asked = request.GET.get("month", "")
    month = Month.parse(asked) if asked else Month.of(today)
    if month is None:
        raise Http404
    request.declared = {"month": {str(month)}}  # type: ignore[attr-defined]  # ours, see pagecache
    title = capfirst(date_format(month.first, "YEAR_MONTH_FORMAT"))
    learning = f"/{language_of()}/learn/"
    context = framed(request, title, gettext("Trainings of all organisations, in Luxembourg’s time."))
    days = sheet(month, trainings.between(language_of(), *span(month)))
    context |= {
        "days": days,
        "busy": any(day.trainings for day in days),
        "weekdays": [month.first - timedelta(days=month.lead_in - number) for number in range(7)],
        "lead_in": range(month.lead_in),
        "month": month,
        "at": clock.now(),
        "trainings": queries.trainings_to_come(language_of(), at=clock.now(), most=NEXT),
        "learning": learning,
    }
    return render(request, "cms/calendar.html", context)


def span(month: Month) -> tuple[datetime, datetime]:
    """The first moment of a month in Luxembourg, and that of the next."""
    first, after = (timezone.make_aware(datetime.combine(one.first, time.min)) for one in (month, month.next))
    return first, after


def sheet(month: Month, entries: Iterable[Entry]) -> list[Day]:
    """The days of a month, each with the trainings that take place on it."""
    off = days_off(month, language_of())
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        for day in trainings.days_of(entry):
            by_day[day].append(entry)
    return [
        Day(day=day, off=off.get(day, ""), rest=resting(day) or day in off, trainings=by_day[day]) for day in month.days
    ]


@require_safe
@kept(ROOM)
def calendar_of_all(request: HttpRequest) -> HttpResponse:
    """All trainings of a language, from a year ago on; a calendar that follows this address sees each change."""
    framed(request, "")
    origin = doors.origin(doors.Door.PUBLIC, request)
    found = trainings.since(language_of(), clock.now() - timedelta(days=365))
    name = gettext("Trainings")
    return file("trainings", calendar_file(name, trainings.happenings(found, origin), language=language_of()))


@require_safe
@kept(ROOM)
def calendar_of_one(request: HttpRequest, path: str) -> HttpResponse:
    """One training, at the address of its page with `.ics` in place of the slash; 404 for any other page."""
    found = trainings.at(f"/{language_of()}/learn/{path}/")
    if found is None:
        raise Http404
    origin = doors.origin(doors.Door.PUBLIC, request)
    written = calendar_file(found.title, trainings.happenings([found], origin), language=language_of())
    return file("training", written)


def file(name: str, content: bytes) -> HttpResponse:
    """A calendar file to save or to follow."""
    return HttpResponse(
        content, content_type=KIND, headers={"Content-Disposition": f'attachment; filename="{name}.ics"'}
    )
