from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from hrdplatform import notices
from hrdplatform.notices import Kind
from hrdplatform.notices.models import Notice, State
from hrdplatform.notices.sending import claim, pending, send_due

pytestmark = [pytest.mark.database, pytest.mark.django_db]

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CONTEXT = {"name": "A", "organisation": "B"}


def write(to: str = "a@example.org", **changes) -> None:
    notices.queue(**{"kind": Kind.ROLE_CHANGED, "to": to, "language": "en", "context": CONTEXT, **changes})


def test_a_due_notice_is_sent_once_and_its_context_is_dropped():
    write()
    assert [send_due(at=AT), send_due(at=AT)] == [1, 0]
    assert [letter.to for letter in mail.outbox] == [["a@example.org"]]
    row = Notice.objects.get()
    assert (row.state, row.context, row.sent_at >= AT) == (State.SENT, {}, True)


def test_a_notice_with_a_date_waits_for_it():
    write(due_at=AT + timedelta(hours=1))
    assert not pending(AT)
    assert send_due(at=AT) == 0
    assert send_due(at=AT + timedelta(hours=1)) == 1


def test_a_constant_notice_leaves_no_row():
    write(kind=Kind.AID_URGENT, context={})
    assert send_due(at=AT) == 1
    assert not Notice.objects.exists()


def test_nothing_overtakes_within_a_thread():
    write("first@example.org", thread="meeting:1", due_at=AT + timedelta(hours=1))
    write("second@example.org", thread="meeting:1")
    write("other@example.org", thread="meeting:2")
    assert send_due(at=AT) == 1
    assert send_due(at=AT + timedelta(hours=2)) == 2
    assert [letter.to[0] for letter in mail.outbox] == ["other@example.org", "first@example.org", "second@example.org"]


def test_a_thread_waits_while_its_first_notice_is_being_sent():
    write("first@example.org", thread="meeting:1")
    write("second@example.org", thread="meeting:1")
    assert claim(at=AT).to == "first@example.org"
    assert claim(at=AT) is None


def test_a_claimed_notice_is_nobody_elses_until_its_lease_is_over():
    write()
    first = claim(at=AT)
    assert claim(at=AT + timedelta(minutes=4)) is None
    again = claim(at=AT + timedelta(minutes=6))
    assert (again.pk, again.attempts) == (first.pk, 2)


def test_a_lease_given_before_the_clock_was_put_back_does_not_hold_for_years():
    write()
    claim(at=AT + timedelta(days=400))
    assert claim(at=AT) is not None


def test_a_constant_notice_written_while_the_same_one_is_sent_is_sent_as_well():
    write(kind=Kind.AID_URGENT, context={})
    claim(at=AT)
    write(kind=Kind.AID_URGENT, context={})
    assert send_due(at=AT) == 1


def test_a_round_sends_no_more_than_its_limit():
    for number in range(3):
        write(f"p{number}@example.org")
    assert [send_due(at=AT, limit=2), send_due(at=AT, limit=2)] == [2, 1]
