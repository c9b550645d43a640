"""A month as a sheet of weeks: its days in order, Sundays and Luxembourg's holidays among them."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

import holidays

SPOKEN: Final[Mapping[str, str]] = {"fr": "fr", "de": "de", "lb": "lb", "en": "en_US"}
FIRST_YEAR: Final = 2020
LAST_YEAR: Final = 2050


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that a day is in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """From an address; None for anything but a month.

        >>> Month.parse("2026-12"), Month.parse("2026-13"), Month.parse("1/2026")
        (Month(year=2026, number=12), None, None)
        """
        try:
            day = date.fromisoformat(f"{text}-01")
        except ValueError:
            return None
        month = cls.of(day)
        return month if month.shown and str(month) == text else None

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def shown(self) -> bool:
        """Whether it has an address. Robots that follow each link to the next month come to an end."""
        return FIRST_YEAR <= self.year <= LAST_YEAR

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Month:
        return Month.of(self.first + timedelta(days=31))

    @property
    def before(self) -> Month:
        return Month.of(self.first - timedelta(days=1))

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=number) for number in range((self.next.first - self.first).days)]

    @property
    def lead_in(self) -> int:
        """How many days of the first week, which begins on Monday, belong to the month before.

        >>> Month(2026, 12).lead_in
        1
        """
        return self.first.weekday()


def days_off(month: Month, language: str) -> dict[date, str]:
    """Luxembourg's public holidays of a month with their names."""
    known = holidays.country_holidays("LU", years=month.year, language=SPOKEN.get(language, "fr"))
    return {day: name for day, name in known.items() if Month.of(day) == month}


def resting(day: date) -> bool:
    """Whether a day belongs to the weekend."""
    return day.weekday() >= calendar.SATURDAY
