"""The last floor of the disk: below it not even a text is taken, nothing typed is lost, and the database goes on."""

import errno
import shutil
import sqlite3
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from legal_aid.domain import space
from legal_aid.models import Case, Record
from tests.legal_aid.plain_visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SMALL, LARGE = 10**9, 10**12


def left(monkeypatch, free: int, total: int = SMALL, *, disk: str = "room") -> None:
    monkeypatch.setattr(space, disk, lambda: space.Room(total=total, free=free))


@pytest.mark.parametrize(("total", "floor"), [(SMALL, 20_000_000), (LARGE, 200_000_000)])
def test_the_floor_is_two_percent_of_a_small_disk_and_no_more_than_200_mb(total, floor):
    space.check_floor(space.Room(total, floor), more=0)
    with pytest.raises(space.TextsFullError):
        space.check_floor(space.Room(total, floor), more=1)


def test_where_nobody_knows_the_disk_there_is_no_floor():
    space.check_floor(None, more=10**15)


@pytest.mark.parametrize("disk", ["room", "database_room"])
def test_below_the_floor_no_request_is_taken_and_above_it_the_same_one_is(defender, monkeypatch, disk):
    request = defender.request()
    left(monkeypatch, 20_000_000, disk=disk)
    answer = defender.send(request)
    assert (answer.status_code, answer.json()["error"]) == (507, "full")
    assert "call 112" in answer.json()["message"]
    assert Case.objects.count() == 0
    left(monkeypatch, 30_000_000, disk=disk)
    assert defender.send(request).status_code == 201


def test_a_request_that_was_taken_is_known_when_it_comes_again_below_the_floor(defender, monkeypatch):
    request = defender.request()
    assert defender.send(request).status_code == 201
    left(monkeypatch, 0)
    assert defender.send(request).status_code == 200


def test_below_the_floor_no_message_is_taken_and_everything_can_be_erased(defender, monkeypatch):
    defender.open_case()
    message = defender.message("one more")
    rows = Record.objects.count()
    left(monkeypatch, 0)
    answer = defender.post("records/", message, **defender.receipt)
    assert (answer.status_code, answer.json()["error"]) == (507, "full")
    assert Record.objects.count() == rows
    assert defender.post("erase/", {"case": defender.case}, **defender.receipt).status_code == 204


def test_a_large_message_keeps_the_reserve_of_both_disks(defender, monkeypatch):
    defender.open_case()
    message = defender.message("𐍈" * 20_000)  # each letter is twelve octets in canonical JSON
    left(monkeypatch, 90_000_000, disk="database_room")
    answer = defender.post("records/", message, **defender.receipt)
    assert (answer.status_code, answer.json()["error"]) == (507, "large")
    left(monkeypatch, 200_000_000, disk="database_room")
    assert defender.post("records/", message, **defender.receipt).status_code == 201


def test_the_disk_under_sqlite_s_file_is_known_and_that_of_a_server_is_not():
    name, found = connection.settings_dict["NAME"], space.database_room()
    expected = shutil.disk_usage(Path(name).parent).total if connection.vendor == "sqlite" else None
    assert (found and found.total) == expected


def test_below_the_floor_a_team_still_answers(defender, desk_of, monkeypatch):
    case = defender.open_case()
    left(monkeypatch, 0)
    assert desk_of("m01").write(case, "We are with you.").status_code == 201


def test_without_scripts_the_page_says_whom_to_call_and_keeps_every_word(defender, monkeypatch):
    visitor = Visitor()
    visitor.go("request/plain/")
    visitor.send("request/plain/", story="They took it.", go="contact")
    visitor.send("request/plain/", go="check")
    left(monkeypatch, 0)
    page = visitor.send("request/plain/", go="send")
    assert visitor.status == 507
    assert "Our server is full and nothing was sent." in page.text
    assert "call 112" in page.text
    assert page.form("request/plain/")["fields"]["story"][0].strip() == "They took it."
    left(monkeypatch, SMALL)
    visitor.send("request/plain/", go="send")
    assert len(visitor.page.words) == 8


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_disk_that_says_it_is_full_is_refused_by_name(number):
    with pytest.raises(space.StorageFullError), space.refusing(space.StorageFullError):
        raise OSError(number, "no room")


def test_any_other_fault_of_the_disk_stays_what_it_is():
    with pytest.raises(PermissionError), space.refusing(space.StorageFullError):
        raise PermissionError(errno.EACCES, "not yours")


def test_a_full_sqlite_is_refused_by_name_and_a_locked_one_is_not(tmp_path):
    with pytest.raises(space.TextsFullError), space.refusing(space.TextsFullError):
        _fill(tmp_path / "small")
    with pytest.raises(OperationalError), space.refusing(space.TextsFullError):
        raise OperationalError("database is locked") from sqlite3.OperationalError("database is locked")


def _fill(place) -> None:
    """Until SQLite says, through Django's error, that it is full."""
    with sqlite3.connect(place) as connection:
        connection.execute("PRAGMA max_page_count = 4")
        connection.execute("CREATE TABLE kept (octets BLOB)")
        try:
            connection.execute("INSERT INTO kept VALUES (zeroblob(100000))")
        except sqlite3.OperationalError as fault:
            raise OperationalError(*fault.args) from fault
