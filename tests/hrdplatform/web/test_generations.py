"""What tells kept pages that something has changed."""

import threading
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from hrdplatform.web import generations
from hrdplatform.web.models import Generation

pytestmark = pytest.mark.django_db


def test_a_bump_is_seen_at_once_where_it_was_made():
    before = generations.current(["cms"])
    generations.bump("cms")
    assert generations.current(["cms"]) == (before[0] + 1,)


def test_each_room_has_its_own():
    before = generations.current(["consultations", "strategies"])
    generations.bump("strategies")
    assert generations.current(["consultations", "strategies"]) == (before[0], before[1] + 1)


def test_the_database_is_asked_once_a_second(django_assert_num_queries):
    generations.forget()
    with django_assert_num_queries(1):
        for _ in range(50):
            generations.current(["cms"])


def test_what_another_process_wrote_is_seen_within_a_second(monkeypatch):
    moment = [1000.0]
    monkeypatch.setattr(generations, "time", SimpleNamespace(monotonic=lambda: moment[0]))
    generations.forget()
    before = generations.current(["cms"])
    Generation.objects.update_or_create(room="cms", defaults={"number": before[0] + 1})
    moment[0] += 0.9
    assert generations.current(["cms"]) == before
    moment[0] += 0.2
    assert generations.current(["cms"]) == (before[0] + 1,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_a_change_that_is_taken_back_changes_nothing():
    before = generations.current(["cms"])
    with transaction.atomic():
        generations.bump("cms")
        transaction.set_rollback(True)
    generations.forget()
    assert generations.current(["cms"]) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_no_bump_is_lost_between_two_at_once():
    generations.bump("cms")
    before = generations.current(["cms"])

    def bump():
        try:
            generations.bump("cms")
        finally:
            connection.close()

    threads = [threading.Thread(target=bump) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    generations.forget()
    assert generations.current(["cms"]) == (before[0] + 8,)
