"""Four eyes: the workflow over the learning sections, and the mails that tell who is asked and what became of it.

`cms.receivers` calls these verbs when Wagtail's workflow moves; its own mails are not sent (see `hrdplatform.office`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from django.db import transaction
from wagtail.models import Page, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from cms import eyes
from cms.domain.catalogue import section_of
from cms.models import FourEyesTask
from hrdplatform.accounts.models import User
from hrdplatform.notices import Kind as Notice
from hrdplatform.notices import queue
from hrdplatform.organisations.states import Kind, Role
from hrdplatform.web.doors import door_url

NAME: Final = "Relecture · Gegenlesen · Review"
"""Wagtail stores one name and shows it to everybody: the languages of the office, French, German, English."""


@transaction.atomic
def stand_over(pages: Iterable[Page]) -> None:
    """Puts the workflow over `pages` and all below them. One that an administrator put there stays. Idempotent."""
    without = [page for page in pages if not WorkflowPage.objects.filter(page=page.pk).exists()]
    if without:
        workflow = four_eyes()
        WorkflowPage.objects.bulk_create([WorkflowPage(workflow=workflow, page_id=page.pk) for page in without])


def four_eyes() -> Workflow:
    """The workflow of one task, made where there is none."""
    task = FourEyesTask.objects.filter(active=True).first() or FourEyesTask.objects.create(name=NAME)
    link = WorkflowTask.objects.filter(task=task, workflow__active=True).select_related("workflow").first()
    if link is not None:
        return link.workflow
    workflow: Workflow = Workflow.objects.create(name=NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def asked(state: TaskState, *, by: Any) -> None:
    """A page waits for a second person: mails to those who may approve it, but not to `by` nor to its writers."""
    page = state.workflow_state.content_object
    if not isinstance(state.task.specific, FourEyesTask) or page is None:
        return
    asking = getattr(by, "pk", None)
    writers = eyes.story(page.pk).handed_in(asking).unheard(page.latest_revision_id or 0)
    for person in approvers(page, writers if asking is None else writers | {asking}):
        tell(Notice.REVIEW_WANTED, page, person)


def sent_back(state: WorkflowState, *, by: Any) -> None:
    """Somebody sent a page back: a mail to who had submitted it. The comment stands in the office."""
    answer(Notice.SENT_BACK, state, by=by)


def approved(state: WorkflowState, *, by: Any) -> None:
    """Somebody approved a page: a mail to who had submitted it."""
    answer(Notice.APPROVED, state, by=by)


def answer(kind: Notice, state: WorkflowState, *, by: Any) -> None:
    """Tells who submitted a page what became of it, unless she did it herself."""
    page, person = state.content_object, state.requested_by
    if page is None or person is None or not person.is_active or person.pk == getattr(by, "pk", None):
        return
    tell(kind, page, person)


def tell(kind: Notice, page: Page, person: User) -> None:
    """One mail with the page's title and the way to it."""
    address = door_url("office", "wagtailadmin_pages:edit", page.pk)
    context = {"name": person.name, "title": page.get_admin_display_title(), "address": address}
    queue(kind, to=person.email, language=person.language, context=context)


def approvers(page: Page, writers: Collection[int]) -> list[User]:
    """The active editors of the organisation that a page belongs to, without `writers`; if none, the house's."""
    section = section_of(page)
    editors = User.objects.filter(is_active=True, memberships__role=Role.EDITOR).exclude(pk__in=writers)
    own = editors.filter(memberships__organisation=section.organisation_id) if section else editors.none()
    return list(own.distinct()) or list(editors.filter(memberships__organisation__kind=Kind.PLATFORM).distinct())
