from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from hrdplatform.audit import Event, chain, record
from hrdplatform.audit.models import Entry
from hrdplatform.audit.verifying import verify
from tests.servers.flushing import triggers_aside

pytestmark = [pytest.mark.database, pytest.mark.django_db]

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def write(number: int, *, door: str = "office") -> Entry:
    at = AT + timedelta(seconds=number)
    return record(Event.BACKUP_MADE, actor="system", object=f"backup:{number}", at=at, door=door, size=number)


def tamper(statement: str, *values: object) -> None:
    """What somebody does who owns the database: the triggers are no hindrance."""
    with triggers_aside(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def chain_of(length: int) -> None:
    for number in range(length):
        write(number)
    chain.link(at=AT + timedelta(hours=1))


def test_entries_are_linked_in_the_order_of_their_time():
    chain_of(5)
    assert list(Entry.objects.linked().values_list("object", flat=True)) == [f"backup:{number}" for number in range(5)]
    assert (verify().linked, verify().broken) == (5, None)


def test_linking_goes_on_where_it_ended():
    chain_of(3)
    write(10)
    assert [chain.link(at=AT), chain.link(at=AT)] == [1, 0]
    assert chain.head()[0] == verify().linked == 4


def test_entries_of_the_aid_door_are_linked_when_their_day_is_over():
    write(1, door="aid")
    write(2)
    assert chain.link(at=AT + timedelta(hours=1)) == 1
    assert chain.link(at=AT + timedelta(days=1)) == 1


def test_the_first_changed_row_is_named():
    chain_of(5)
    tamper("UPDATE audit_entry SET actor = %s WHERE sequence = 3", "user:9")
    assert (verify().broken.sequence, verify().broken.reason) == (3, "its content is not what was hashed")


def test_a_removed_row_is_named():
    chain_of(5)
    tamper("DELETE FROM audit_entry WHERE sequence = 2")
    assert (verify().broken.sequence, verify().broken.reason) == (2, "number 2 is missing, the next row found is 3")


def test_a_row_that_was_hashed_anew_breaks_the_next_one():
    chain_of(3)
    second = Entry.objects.get(sequence=2)
    second.actor = "user:9"
    digest = second.digest_after(second.previous, sequence=2)
    tamper("UPDATE audit_entry SET actor = %s, digest = %s WHERE sequence = 2", "user:9", digest)
    assert (verify().broken.sequence, verify().broken.reason) == (3, "it does not follow the row before it")


def test_the_format_of_the_hash_is_frozen():
    entry = Entry(id=7, event="a.b.c", actor="user:1", object="x:1", door="office", at=AT, facts={"n": 1, "w": "é"})
    assert entry.digest_after("0" * 64, sequence=1) == (
        "8298533ac36d5537f261fb730907fd46c5eed6dc81224628c4354aacf967a8c3"
    )
