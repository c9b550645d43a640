"""Rows of several tables in one journey, on both databases."""

import pytest
from django.db import IntegrityError, connection

from legal_aid.domain.insertion import insert
from legal_aid.models import Card, Tombstone, Vacuum
from tests.factories import legal_aid

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def tombstones(number):
    return [Tombstone(day=legal_aid.days_ago(day), by="defender") for day in range(number)]


def test_what_was_inserted_is_there_as_it_was_made():
    rows = tombstones(3)
    insert([*rows, Vacuum()])
    assert {row.pk: row.day for row in Tombstone.objects.all()} == {row.pk: row.day for row in rows}
    assert Vacuum.objects.get().pk == Vacuum.ONLY


def test_one_refused_row_and_none_stays():
    first, second = tombstones(2)
    second.pk = first.pk
    with pytest.raises(IntegrityError):
        insert([Vacuum(), first, second])
    assert not Vacuum.objects.exists()
    assert not Tombstone.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_where_no_transaction_is_open_one_refused_row_and_none_stays():
    first, second = tombstones(2)
    second.pk = first.pk
    with pytest.raises(IntegrityError):
        insert([Vacuum(), first, second])
    assert not Vacuum.objects.exists()
    assert not Tombstone.objects.exists()


def test_a_refused_row_is_noticed_although_others_follow():
    first, second = tombstones(2)
    insert([first])
    with pytest.raises(IntegrityError):
        insert([first, Vacuum(), second])
    assert Tombstone.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_request_opens_its_case_in_two_queries_or_in_eight(defender, client, django_assert_num_queries):
    """PostgreSQL: one for the team, one for all rows. SQLite: one each for team, case, card, wraps, records and the
    audit line, two for the transaction.
    """
    legal_aid.Browser(client, defender.team).open_case()  # the list is parsed once in a process
    request = defender.request()
    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 8):
        assert defender.send(request).status_code == 201
    assert Card.objects.count() == 2
