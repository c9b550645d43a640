"""What author and editor read while a page goes to and fro between them."""

import importlib

import pytest
from django.apps import apps
from wagtail.models import Workflow

from cms.domain.review import NAME, four_eyes
from cms.models import FourEyesTask
from tests.cms.test_four_eyes import decide, decide_while_editing, draft, submit
from tests.factories.accounts import signed_in
from tests.factories.editing import edit

pytestmark = pytest.mark.django_db(transaction=True)
step = importlib.import_module("cms.migrations.0012_review_in_three_languages")


def shown(page, who) -> str:
    return signed_in(who).get(edit(page)).content.decode()


def test_who_approves_reads_that_the_page_is_public(own, author, editor):
    page = draft(own, author)
    submit(page, author)
    answer = decide_while_editing(page, editor, "approve", "{}").content.decode()
    assert "“Votre téléphone” was approved and published." in answer
    assert "has been updated" not in answer


def test_who_sends_back_reads_to_whom(own, author, editor):
    page = draft(own, author)
    submit(page, author)
    answer = decide_while_editing(page, editor, "reject", '{"comment": "Une étape manque."}').content.decode()
    assert f"“Votre téléphone” was sent back to {author.name}." in answer
    assert "has been updated" not in answer


def test_of_a_page_that_was_sent_back_one_button_hands_it_in_again(own, author, editor):
    page = draft(own, author)
    assert "Submit for approval" in shown(page, author)
    submit(page, author)
    assert 'name="action-cancel-workflow"' in shown(page, author)
    decide(page, editor, "reject", comment="Une étape manque.")
    answer = shown(page, author)
    assert "Send back for approval" in answer
    assert "Submit for approval" not in answer
    assert 'name="action-cancel-workflow"' not in answer
    assert 'name="action-restart-workflow"' not in answer


def test_the_step_is_named_in_each_language_of_the_office_and_the_name_can_be_taken_back(own):
    named = four_eyes()
    other = Workflow.objects.create(name=step.OLD)
    step.backwards(apps, None)
    named.refresh_from_db()
    assert (named.name, FourEyesTask.objects.get().name) == (step.OLD, step.OLD)
    step.forwards(apps, None)
    named.refresh_from_db()
    other.refresh_from_db()
    assert (named.name, FourEyesTask.objects.get().name, other.name) == (NAME, NAME, step.OLD)
