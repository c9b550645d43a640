import threading
from datetime import timedelta

import pytest
from django.db import OperationalError

from hrdplatform.notices.turns import LIMIT, Due
from hrdplatform.operations.embedded import EmbeddedWorker
from hrdplatform.web import clock

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

MINUTE = timedelta(minutes=1)


class Work:
    """Due work that finds `amounts`, one a round, and stops its worker after the last."""

    def __init__(self, *amounts: int) -> None:
        self.amounts, self.done, self.stop = list(amounts), [], threading.Event()

    def __call__(self, *, at, limit=100) -> int:
        self.done.append(self.amounts.pop(0))
        if not self.amounts:
            self.stop.set()
        return self.done[-1]


def worker(work: Work, *others: Due, **changes) -> EmbeddedWorker:
    return EmbeddedWorker((Due("work", work, MINUTE, **changes), *others), now=clock.now, stop=work.stop)


def test_work_that_has_more_to_do_is_done_without_a_pause():
    work = Work(LIMIT, LIMIT, 3)
    worker(work).run()
    assert work.done == [LIMIT, LIMIT, 3]


def test_work_is_left_alone_while_nothing_is_pending():
    work = Work(1)
    assert not worker(work, pending=lambda at: False).round()
    assert work.done == []


def test_nothing_more_is_begun_after_the_request_to_stop():
    first, second = Work(1), Work(1)
    worker(first, Due("second", second, MINUTE)).run()
    assert (first.done, second.done) == ([1], [])


def test_work_that_fails_does_not_keep_the_others_from_being_done():
    def fail(*, at, limit=100):
        raise RuntimeError

    work = Work(1)
    EmbeddedWorker((Due("failing", fail, MINUTE), Due("work", work, MINUTE)), now=clock.now, stop=work.stop).run()
    assert work.done == [1]


def test_a_database_that_is_down_is_waited_for():
    troubles = [OperationalError(), None]
    work = Work(1)

    def pending(at):
        trouble = troubles.pop(0)
        if trouble:
            raise trouble
        return True

    worker(work, pending=pending).run()
    assert (work.done, troubles) == ([1], [])
