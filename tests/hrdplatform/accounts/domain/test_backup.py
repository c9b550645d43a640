"""Back-up codes: ten, each once, unreadable in the table."""

import pytest
from django.db import connection

from hrdplatform.accounts import queries
from hrdplatform.accounts.domain import backup
from hrdplatform.accounts.models import BackupCode
from tests.factories.accounts import make_user
from tests.hrdplatform.accounts.parallel import at_once

pytestmark = pytest.mark.django_db


def test_a_code_has_at_least_112_bits():
    assert len(set(backup.ALPHABET)) == 32
    assert backup.LENGTH * 5 >= 112


def test_a_sheet_has_ten_codes_that_differ(stopped_clock):
    codes = backup.make_sheet(make_user(), at=stopped_clock.now())
    assert len(set(codes)) == 10


def test_a_code_counts_once(stopped_clock):
    user = make_user()
    code = backup.make_sheet(user, at=stopped_clock.now())[0]
    assert backup.spend(user, code, at=stopped_clock.now())
    assert backup.spend(user, code, at=stopped_clock.now()) is None
    assert queries.codes_left(user) == 9


def test_case_hyphens_and_misread_letters_do_not_matter(stopped_clock):
    assert backup.plain(" abO1-iL ") == "AB0111"
    user = make_user()
    code = backup.make_sheet(user, at=stopped_clock.now())[3]
    assert backup.spend(user, code.lower().replace("-", " ").replace("0", "o"), at=stopped_clock.now())


def test_a_new_sheet_makes_the_old_one_worthless(stopped_clock):
    user = make_user()
    old = backup.make_sheet(user, at=stopped_clock.now())
    backup.make_sheet(user, at=stopped_clock.now())
    assert backup.spend(user, old[0], at=stopped_clock.now()) is None


def test_somebody_elses_code_does_not_count(stopped_clock):
    code = backup.make_sheet(make_user(), at=stopped_clock.now())[0]
    assert backup.spend(make_user(), code, at=stopped_clock.now()) is None


def test_no_table_holds_a_code(stopped_clock):
    codes = backup.make_sheet(make_user(), at=stopped_clock.now())
    rows = str(list(BackupCode.objects.values()))
    assert not any(code in rows or backup.plain(code) in rows for code in codes)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_twenty_uses_at_the_same_moment_one_counts(stopped_clock):
    user = make_user()
    code = backup.make_sheet(user, at=stopped_clock.now())[0]
    results = at_once(20, lambda: backup.spend(user, code, at=stopped_clock.now()) is not None)
    assert sorted(results) == [False] * 19 + [True], connection.vendor


def test_making_a_new_sheet_keeps_the_session_that_a_code_of_the_old_one_verified(stopped_clock):
    user = make_user()
    code = backup.make_sheet(user, at=stopped_clock.now())[0]
    before = backup.spend(user, code, at=stopped_clock.now())
    backup.make_sheet(user, at=stopped_clock.now())
    assert queries.sheets(user).get().persistent_id == before.persistent_id
