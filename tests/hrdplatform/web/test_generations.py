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


def test_what_is_remembered_is_asked_again_in_the_next_generation_of_its_room_only():
    asked = []

    def answer() -> int:
        asked.append(1)
        return len(asked)

    def remembered() -> int:
        return generations.remembered("cms", "count", answer)

    assert (remembered(), remembered()) == (1, 1)
    generations.bump("cms")
    assert (remembered(), remembered()) == (2, 2)
    number = generations.current(["cms"])[0]
    Generation.objects.filter(room="cms").update(number=number + 1)
    generations._known.read_at = float("-inf")  # another process wrote it, and a second has passed
    assert (remembered(), remembered()) == (3, 3)
    assert generations.remembered("strategies", "count", answer) == 4


def test_nothing_is_remembered_longer_than_five_minutes(monkeypatch):
    moment = [1000.0]
    monkeypatch.setattr(generations, "time", SimpleNamespace(monotonic=lambda: moment[0]))
    generations.forget()
    words = iter(["before", "after"])
    assert generations.remembered("cms", "word", lambda: next(words)) == "before"
    moment[0] += 299
    assert generations.remembered("cms", "word", lambda: next(words)) == "before"
    moment[0] += 2
    assert generations.remembered("cms", "word", lambda: next(words)) == "after"


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
