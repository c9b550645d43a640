from datetime import timedelta

import pytest

from hrdplatform import worker
from hrdplatform.notices import turns
from hrdplatform.notices.models import Turn
from hrdplatform.web import clock


def test_each_piece_of_work_has_a_name_of_its_own_a_task_and_a_place_in_the_schedule():
    names = [due.name for due in worker.DUE]
    assert len(names) == len(set(names))
    assert set(worker.app.conf.beat_schedule) == set(worker.TASKS) == set(names)
    assert {worker.TASKS[name].name for name in names} == {
        entry["task"] for entry in worker.app.conf.beat_schedule.values()
    }


@pytest.mark.database
@pytest.mark.parametrize("due", worker.DUE, ids=lambda due: due.name)
@pytest.mark.django_db
def test_each_piece_of_work_runs_on_a_platform_where_nothing_is_due(due):
    assert turns.do(due, at=clock.now(), woken=True) is not None
    turn = Turn.objects.get(name=due.name)
    assert (turn.failures, turn.lease) == (0, "")
    assert turn.next_at - turn.done_at <= max(due.period, timedelta(days=1))
