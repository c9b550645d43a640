from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from hrdplatform import notices
from hrdplatform.notices import Kind
from hrdplatform.notices.hours import last_hour, release
from hrdplatform.notices.kinds import POLICIES
from hrdplatform.notices.models import Notice
from hrdplatform.notices.sending import send_due

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LUXEMBOURG = ZoneInfo("Europe/Luxembourg")
HOURS = POLICIES[Kind.AID_NEWS].hours


def local(hour: int, minute: int = 0, *, day: int = 2, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LUXEMBOURG).astimezone(UTC)


def news() -> None:
    notices.queue(Kind.AID_NEWS, to="a@example.org", language="en", context={})


def test_news_wait_for_the_next_fixed_hour():
    release(at=local(9))
    news()
    assert [release(at=local(9, 1)), release(at=local(11, 59)), send_due(at=local(11, 59))] == [0, 0, 0]
    assert [release(at=local(12)), send_due(at=local(12))] == [1, 1]
    assert len(mail.outbox) == 1
    assert not Notice.objects.exists()


def test_an_hour_is_taken_once():
    release(at=local(9))
    release(at=local(12))
    news()
    assert release(at=local(12, 30)) == 0


def test_a_worker_that_slept_over_an_hour_makes_up_for_it():
    release(at=local(9))
    news()
    assert release(at=local(13, 7)) == 1


def test_a_first_start_does_not_let_go_at_an_hour_of_its_own():
    news()
    assert [release(at=local(9)), release(at=local(12))] == [0, 1]


def test_a_clock_that_ran_ahead_does_not_hold_notices_back():
    release(at=local(9) + timedelta(days=300))
    news()
    assert release(at=local(12)) == 1


@pytest.mark.parametrize(("month", "day"), [(3, 29), (10, 25)])
def test_the_hours_are_local_ones_on_days_when_the_clock_changes(month, day):
    at = local(13, day=day, month=month)
    assert last_hour(HOURS, at).astimezone(LUXEMBOURG).hour == 12
    assert last_hour(HOURS, local(3, 30, day=day, month=month)).astimezone(LUXEMBOURG).hour == 16
