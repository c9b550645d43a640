from datetime import UTC, datetime

import pytest
from django.db import transaction

from hrdplatform.audit import Event, record
from hrdplatform.audit.canonical import FactError
from hrdplatform.audit.models import Entry
from hrdplatform.audit.writing import ClocklessError

pytestmark = [pytest.mark.database, pytest.mark.django_db]

AT = datetime(2026, 3, 2, 9, 30, 15, 250, tzinfo=UTC)


def write(**changes) -> Entry:
    parts = {"event": Event.BACKUP_MADE, "actor": "user:1", "object": "backup:1", "at": AT, **changes}
    return record(parts.pop("event"), **parts)


def test_an_entry_stands_or_falls_with_its_transaction():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


def test_of_the_aid_door_only_the_day_is_kept():
    assert write(door="aid").at.astimezone(UTC) == datetime(2026, 3, 1, 23, tzinfo=UTC)  # midnight in Luxembourg
    assert write(door="office").at == AT


@pytest.mark.parametrize("fact", ["x" * 201, 1.5, -1, 2**53, b"bytes", {"a": "b"}, [1]])
def test_facts_are_short_plain_values_and_never_content(fact):
    with pytest.raises(FactError):
        write(text=fact)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ClocklessError):
        write(at=datetime(2026, 3, 2))  # noqa: DTZ001


def test_an_event_that_nobody_named_is_refused():
    with pytest.raises(ValueError, match="is not a valid Event"):
        write(event="office.tea.made")


def test_numbers_of_rows_tell_no_order():
    numbers = [write().pk for _ in range(20)]
    assert numbers != sorted(numbers)
