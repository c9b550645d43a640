"""A page that is submitted comes back: no page goes into a workflow that nobody can end."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from cms.models import FourEyesTask
from hrdplatform.organisations.states import Role
from tests.cms.test_four_eyes import again, form
from tests.factories.accounts import signed_in
from tests.factories.cms import home, standard_page
from tests.factories.editing import edit
from tests.factories.learning import course, guide, section
from tests.factories.organisations import make_member, make_platform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own")]

step = importlib.import_module("cms.migrations.0008_one_workflow")
next_step = importlib.import_module("cms.migrations.0009_sent_back_by_nobody")


@pytest.fixture
def stock() -> Workflow:
    """What Wagtail's own migrations leave."""
    Workflow.objects.filter(name=step.NAME).delete()
    task = GroupApprovalTask.objects.create(name=step.NAME)
    task.groups.add(Group.objects.get_or_create(name="Moderators")[0])
    workflow = Workflow.objects.create(name=step.NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=Page.get_first_root_node())
    return workflow


@pytest.fixture
def houses_editor():
    call_command("editor_rights")
    return make_member(make_platform(), Role.EDITOR)


def test_a_plain_page_that_was_stuck_is_free_again_and_is_published(stock, houses_editor):
    page = standard_page(live=False)
    page.save_revision(user=houses_editor)
    assert again(page).get_workflow() == stock
    stock.start(again(page), houses_editor)
    step.forwards(apps, None)
    assert again(page).get_workflow() is None
    assert again(page).current_workflow_state is None
    state = WorkflowState.objects.get(workflow=stock)
    assert (state.status, state.current_task_state.status) == ("cancelled", "cancelled")
    signed_in(houses_editor).post(edit(page), form(page, **{"action-publish": "1"}))
    assert again(page).live


def test_a_page_that_was_sent_back_is_free_again_as_well(stock, houses_editor):
    page = standard_page(live=False)
    page.save_revision(user=houses_editor)
    state = stock.start(again(page), houses_editor)
    state.current_task_state.reject(user=houses_editor)
    step.forwards(apps, None)
    assert again(page).current_workflow_state == state
    next_step.forwards(apps, None)
    assert again(page).current_workflow_state is None
    state.refresh_from_db()
    assert (state.status, state.current_task_state.status) == ("cancelled", "rejected")
    signed_in(houses_editor).post(edit(page), form(page, **{"action-publish": "1"}))
    assert again(page).live


def test_what_a_workflow_that_stands_sent_back_waits_for_its_author(stock, houses_editor):
    WorkflowPage.objects.create(workflow=stock, page=home("fr"))
    page = standard_page(live=False)
    page.save_revision(user=houses_editor)
    state = stock.start(again(page), houses_editor)
    state.current_task_state.reject(user=houses_editor)
    step.forwards(apps, None)
    next_step.forwards(apps, None)
    assert again(page).current_workflow_state == state


def test_the_step_can_be_taken_back(stock):
    step.forwards(apps, None)
    stock.refresh_from_db()
    assert not stock.active
    step.backwards(apps, None)
    assert Page.get_first_root_node().get_workflow() == stock
    stock.refresh_from_db()
    assert stock.active


def test_a_workflow_that_an_administrator_laid_elsewhere_stays(stock):
    WorkflowPage.objects.create(workflow=stock, page=home("fr"))
    step.forwards(apps, None)
    assert home("fr").get_workflow() == stock
    stock.refresh_from_db()
    assert stock.active


def test_the_houses_editor_is_offered_to_publish_a_plain_page_and_not_to_submit_it(stock, houses_editor):
    step.forwards(apps, None)
    for page in (standard_page(live=False), home("fr")):
        shown = signed_in(houses_editor).get(edit(page)).content.decode()
        assert 'name="action-publish"' in shown
        assert 'name="action-submit"' not in shown
        signed_in(houses_editor).post(edit(page), form(page, **{"action-submit": "1"}))
    assert not WorkflowState.objects.exists()


def test_every_page_of_an_organisation_has_the_four_eyes_and_nothing_else(own, stock):
    step.forwards(apps, None)
    pages = [section(own), guide(parent=section(own)), *course(parent=section(own)).get_descendants(inclusive=True)]
    for page in pages:
        assert [type(task.specific) for task in page.get_workflow().tasks] == [FourEyesTask], page
