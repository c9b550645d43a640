from datetime import UTC, datetime

import pytest
from django.db import transaction

from hrdplatform import notices
from hrdplatform.notices import Kind
from hrdplatform.notices.models import Notice, State
from hrdplatform.notices.outbox import AddressError, ContextError

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def write(to: str = "a@example.org", **changes) -> None:
    notices.queue(**{"kind": Kind.ROLE_CHANGED, "to": to, "language": "en", "context": {"name": "A"}, **changes})


def test_a_notice_stands_or_falls_with_its_transaction():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_notices_of_a_thread_are_numbered_in_the_order_they_were_written():
    write(thread="meeting:1")
    write(thread="meeting:2")
    write(thread="meeting:1")
    assert list(Notice.objects.filter(thread="meeting:1").order_by("place").values_list("place", flat=True)) == [1, 2]


@pytest.mark.parametrize("address", ["a@b.lu\nBcc: c@b.lu", "a@b.lu, c@b.lu", "A <a@b.lu>", ""])
def test_a_recipient_is_one_plain_address(address):
    with pytest.raises(AddressError):
        write(address)


def test_line_breaks_in_values_become_spaces():
    write(context={"name": "A\r\nBcc: b@example.org", "lines": ["one\u2028two"]})
    assert Notice.objects.get().context == {"name": "A Bcc: b@example.org", "lines": ["one two"]}


def test_values_that_json_does_not_know_are_refused():
    with pytest.raises(ContextError):
        write(context={"at": datetime(2026, 1, 1, tzinfo=UTC)})


def test_a_notice_of_a_constant_kind_waits_once_for_each_person_and_carries_no_time():
    for address in ("a@example.org", "A@example.org", "b@example.org"):
        write(address, kind=Kind.AID_NEWS, context={})
    rows = Notice.objects.all()
    assert {row.to for row in rows} == {"a@example.org", "b@example.org"}
    assert all((row.state, row.due_at, row.context) == (State.HELD, None, {}) for row in rows)


def test_a_constant_kind_takes_no_context():
    with pytest.raises(ContextError):
        write(kind=Kind.AID_URGENT, context={"case": "x"})


def test_numbers_of_rows_tell_no_order():
    for number in range(20):
        write(f"p{number}@example.org")
    numbers = list(Notice.objects.order_by("to").values_list("pk", flat=True))
    assert numbers != sorted(numbers)
