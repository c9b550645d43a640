from datetime import UTC, datetime, timedelta

import pytest

from hrdplatform import notices
from hrdplatform.notices import turns
from hrdplatform.notices.turns import Due, do, take

pytestmark = [pytest.mark.database, pytest.mark.django_db]

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Work:
    """Due work that notes when it was done."""

    def __init__(self, *, found: int = 1, failure: Exception | None = None) -> None:
        self.found, self.failure, self.times = found, failure, []

    def __call__(self, *, at: datetime, limit: int = 100) -> int:
        self.times.append(at)
        if self.failure:
            raise self.failure
        return self.found


def due(work: Work, **changes) -> Due:
    return Due(**{"name": "letters", "function": work, "period": MINUTE, **changes})


def test_two_schedulers_do_each_thing_once_in_its_period():
    work = Work()
    row = due(work)
    assert [do(row, at=AT), do(row, at=AT), do(row, at=AT + MINUTE * 2)] == [1, None, 1]
    assert work.times == [AT, AT + MINUTE * 2]


def test_a_wake_up_does_not_wait_for_the_period():
    row = due(Work())
    assert [do(row, at=AT), do(row, at=AT, woken=True)] == [1, 1]


def test_nobody_takes_a_turn_that_is_under_way_not_even_when_woken():
    row = due(Work())
    assert take(row, at=AT)
    assert [take(row, at=AT), take(row, at=AT + MINUTE, woken=True)] == ["", ""]


def test_the_turn_of_a_dead_worker_ends_by_itself():
    row = due(Work())
    take(row, at=AT)
    assert take(row, at=AT + turns.LEASE + MINUTE)


def test_a_turn_noted_in_a_future_that_the_clock_left_again_counts_no_more():
    row = due(Work())
    do(row, at=AT + timedelta(days=400))
    assert do(row, at=AT) == 1


def test_work_that_has_more_to_do_is_due_again_at_once():
    row = due(Work(found=turns.LIMIT))
    assert [do(row, at=AT), do(row, at=AT)] == [turns.LIMIT, turns.LIMIT]


def test_work_that_fails_is_named_and_tried_again_after_growing_pauses():
    work = Work(failure=RuntimeError("words that nobody may read"))
    row = due(work)
    for seconds in (0, 1, 2, 3, 4, 5, 6, 7):
        do(row, at=AT + timedelta(seconds=seconds))
    assert [(at - AT).seconds for at in work.times] == [0, 1, 3, 7]
    assert [(turn.name, turn.failures, turn.failure) for turn in turns.failing()] == [("letters", 4, "RuntimeError")]


def test_daily_work_waits_for_its_hour():
    row = due(Work(), period=timedelta(days=1), hour=11)
    assert do(row, at=AT) is None
    assert do(row, at=AT + timedelta(minutes=31)) == 1
    assert do(row, at=AT + timedelta(hours=5)) is None
    assert do(row, at=AT + timedelta(days=1, minutes=31)) == 1


def test_the_heartbeat_is_a_turn_like_any_other():
    assert notices.worker_seen() is None
    do(Due(turns.HEARTBEAT, turns.heartbeat, MINUTE), at=AT)
    assert notices.worker_seen() >= AT
