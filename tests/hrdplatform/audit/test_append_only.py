from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hrdplatform.audit import Event, record
from hrdplatform.audit.models import Anchor, Entry

pytestmark = [pytest.mark.database, pytest.mark.django_db]

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def entry() -> Entry:
    return record(Event.BACKUP_MADE, actor="system", object="backup:1", at=AT, size=3)


def refused(change) -> bool:
    with pytest.raises((IntegrityError, DatabaseError), match="append-only"), transaction.atomic():
        change()
    return True


def test_an_entry_cannot_be_deleted():
    assert refused(entry().delete)


@pytest.mark.parametrize(
    "column", [{"actor": "user:1"}, {"object": "x"}, {"facts": {}}, {"door": "aid"}, {"event": Event.BACKUP_RESTORED}]
)
def test_no_column_of_an_entry_can_be_changed_not_even_while_linking(column):
    row = entry()
    link = {"sequence": 1, "previous": "", "digest": "d"}
    assert refused(lambda: Entry.objects.filter(pk=row.pk).update(**column))
    assert refused(lambda: Entry.objects.filter(pk=row.pk).update(**column, **link))


def test_an_entry_is_linked_once():
    row = entry()
    Entry.objects.filter(pk=row.pk).update(sequence=1, previous="", digest="d")
    assert refused(lambda: Entry.objects.filter(pk=row.pk).update(sequence=2, previous="", digest="e"))
    assert refused(lambda: Entry.objects.filter(pk=row.pk).update(sequence=None, previous=None, digest=None))


def test_an_anchor_stays_as_it_was_sent():
    anchor = Anchor.objects.create(day=AT.date(), sequence=1, statement="{}", key="00", signature="00")
    assert refused(anchor.delete)
    assert refused(lambda: Anchor.objects.update(sequence=2))


def test_replacing_an_entry_is_refused_as_well():
    row = entry()
    assert_replace = (
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE id = %s"
        if connection.vendor == "sqlite"
        else "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE id = %s"
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(assert_replace, [row.pk])


@pytest.mark.django_db(transaction=True)
def test_the_record_cannot_be_truncated():
    entry()
    statement = "DELETE FROM audit_entry" if connection.vendor == "sqlite" else "TRUNCATE audit_entry"

    def empty():
        with connection.cursor() as cursor:
            cursor.execute(statement)

    assert refused(empty)
