"""Pure calendars: iCalendar, recurrence, public holidays, limits. Knows no Django."""
