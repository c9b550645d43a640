"""Calendar files (RFC 5545): what takes place, written so that people's calendars follow each change of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from hrdplatform.calendars.lines import line, plain

ZONE: Final = "Europe/Luxembourg"
PRODUCT: Final = "-//hrdplatform//calendar//EN"
Rule = TypeVar("Rule", TimezoneDaylight, TimezoneStandard)

EXPECTED_HOURS: Final = 6
"""How often a calendar that follows ours should ask again."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something with a beginning and an end. `uid` never changes; `sequence` goes up whenever something did."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    address: str
    description: str = ""
    place: str = ""
    cancelled: bool = False


def calendar_file(name: str, happenings: Iterable[Happening], *, language: str) -> bytes:
    """A calendar in UTF-8 with its time zone. The same happenings give the same bytes.

    No text can begin a line of its own: control characters go, and the library escapes what is left.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", line(name), parameters={"LANGUAGE": language})
    calendar.add("x-wr-calname", line(name))
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", timedelta(hours=EXPECTED_HOURS), parameters={"VALUE": "DURATION"})
    calendar.add_component(luxembourg())
    for happening in happenings:
        calendar.add_component(event(happening, language))
    written: bytes = calendar.to_ical()
    return written


def luxembourg() -> Timezone:
    """The rules of Luxembourg's clock since 1996 (Directive 2000/84/EC). The library would write out each year, and
    the hour of spring wrongly.
    """
    rules = Timezone()
    rules.add("tzid", ZONE)
    rules.add_component(turn(TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 1, 2))  # noqa: DTZ001  # wall clock
    rules.add_component(turn(TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 2, 1))  # noqa: DTZ001
    return rules


def turn(rule: Rule, name: str, first: datetime, before: int, after: int) -> Rule:
    """One of the two Sundays of the year: when, by the clock that still runs, and the hours from Greenwich."""
    rule.add("tzname", name)
    rule.add("dtstart", first)
    rule.add("rrule", {"freq": "yearly", "bymonth": first.month, "byday": "-1SU"})
    rule.add("tzoffsetfrom", timedelta(hours=before))
    rule.add("tzoffsetto", timedelta(hours=after))
    return rule


def event(happening: Happening, language: str) -> Event:
    """One entry; what is cancelled stays, and says so."""
    made = Event()
    made.add("uid", happening.uid)
    made.add("sequence", happening.sequence)
    made.add("dtstamp", happening.changed_at.astimezone(UTC))
    made.add("last-modified", happening.changed_at.astimezone(UTC))
    made.add("dtstart", happening.starts_at.astimezone(ZoneInfo(ZONE)))
    made.add("dtend", happening.ends_at.astimezone(ZoneInfo(ZONE)))
    made.add("summary", line(happening.title), parameters={"LANGUAGE": language})
    if happening.description:
        made.add("description", plain(happening.description), parameters={"LANGUAGE": language})
    if happening.place:
        made.add("location", line(happening.place))
    made.add("url", line(happening.address))
    made.add("status", "CANCELLED" if happening.cancelled else "CONFIRMED")
    made.add("class", "PUBLIC")
    return made
