"""Erasing: no row, no file, no byte in the database's own files; and a command that says so."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from legal_aid.domain import erasure
from legal_aid.models import Case, KeyWrap, Record, Tombstone, UploadPart


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_the_command_lists_nothing_but_the_tombstone(defender):
    defender.open_case(uploads=(defender.upload(),))
    with pytest.raises(CommandError):
        call_command("erased", defender.case, stdout=StringIO())
    defender.post("erase/", {"case": defender.case}, **defender.receipt)
    said = StringIO()
    call_command("erased", defender.case, stdout=said)
    assert "Nothing is left of this case." in said.getvalue()
    assert Tombstone.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_erased_bytes_are_in_no_database_file_and_no_blob(defender):
    """Negative test 25 on SQLite: wraps, records and file parts, searched for byte by byte."""
    if connection.vendor != "sqlite":
        return
    defender.open_case(uploads=(defender.upload(),))
    marks = [bytes(KeyWrap.objects.first().sealed)[700:740], bytes(Record.objects.first().sealed)[5000:5040]]
    marks += [defender.case.encode(), Case.objects.get().locator.encode()]
    blob = UploadPart.objects.get().blob
    folder = Path(connection.settings_dict["NAME"]).parent
    assert all(_found(mark, folder) for mark in marks)
    defender.post("erase/", {"case": defender.case}, **defender.receipt)
    assert not erasure.is_compacting()
    assert not any(_found(mark, folder) for mark in marks)
    assert not list(folder.rglob(Path(blob).name))


def _found(mark: bytes, folder: Path) -> bool:
    return any(mark in path.read_bytes() for path in folder.rglob("*") if path.is_file())
