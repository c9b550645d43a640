"""Numbers of spent forms: known again, and nowhere in clear, since each is half of what draws the words."""

import importlib
import secrets

import pytest
from django.apps import apps

from legal_aid.domain.plain_session import FormSpentError, check_form
from legal_aid.models import Case, FormNumber
from tests.hrdplatform.accounts.test_dump import lies_open
from tests.legal_aid.plain_visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.database]

step = importlib.import_module("legal_aid.migrations.0003_numbers_of_forms_by_digest_only")


@pytest.fixture
def visitor(team):
    return Visitor()


def number_of(visitor: Visitor, action_end: str) -> str:
    return visitor.page.form(action_end)["fields"]["form"][0]


def test_no_number_of_a_confirmed_receipt_or_a_message_lies_in_the_database(visitor):
    words = visitor.open_case()
    confirmed = number_of(visitor, "receipt/")
    visitor.confirm(words)
    written = number_of(visitor, "messages/")
    visitor.send("messages/", text="once", go="send")
    assert FormNumber.objects.count() == 2
    assert lies_open(bytes.fromhex(Case.objects.get().pk)), "the search finds what is there"
    assert not [number for number in (confirmed, written) if lies_open(bytes.fromhex(number))]


def test_numbers_of_earlier_versions_are_taken_out_and_stay_spent(visitor):
    visitor.confirm(visitor.open_case())
    number, spent = secrets.token_hex(16), FormNumber.objects.get().pk
    FormNumber.objects.create(number=number, case=Case.objects.get())
    assert lies_open(bytes.fromhex(number))
    for _ in range(2):
        step.forwards(apps, None)
    assert not lies_open(bytes.fromhex(number))
    with pytest.raises(FormSpentError):
        check_form(number)
    assert FormNumber.objects.filter(pk=spent).exists()
    step.backwards(apps, None)
    assert FormNumber.objects.count() == 2
