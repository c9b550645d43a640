"""The second pair of eyes: the task of the workflow over every section; and the shelf of an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page, Task, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from cms import eyes
from cms.rules import refuse_silent_video, refuse_unseen
from hrdplatform.office.refusals import RefusedError
from hrdplatform.organisations.models import Organisation

if TYPE_CHECKING:
    from hrdplatform.accounts.models import User


SAY: Final = _("Say what is to be changed.")


class NotYoursToApproveError(RefusedError):
    """Somebody wants to approve words of her own, or has no right to approve here."""

    def __init__(self) -> None:
        super().__init__(_("You cannot approve this: you wrote some of it, or others look after it."), code="not_yours")


class NothingSaidError(RefusedError):
    """Somebody sends back without saying what is to be changed."""

    def __init__(self) -> None:
        super().__init__(SAY, code="nothing_said")


class RemarkForm(forms.Form):
    """What a person says who approves."""

    comment = forms.CharField(label=_("Your comment"), required=False, widget=forms.Textarea({"rows": 4}))


class SendBackForm(RemarkForm):
    """What a person says who sends back: nobody can mend what was not said."""

    comment = forms.CharField(label=_("Your comment"), help_text=SAY, widget=forms.Textarea({"rows": 4}))


class FourEyesTask(Task):
    """Who may publish the page approves it or sends it back, but nobody approves her own words."""

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    @classmethod
    def get_description(cls) -> str:
        """What Wagtail's settings say about this kind of task."""
        return str(_("Editors of the organisation approve; nobody approves her own words."))

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        """Who looks at it may open it."""
        return looks_after(obj, user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """While it is looked at, only who looks at it changes it; the author takes it back by cancelling."""
        return not looks_after(obj, user)

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """Sending back for everybody who looks after the page, approving for those whose words are not asked about."""
        if not looks_after(obj, user):
            return []
        back = [("reject", _("Send back with a comment"), True)]
        if obj.latest_revision is not None and eyes.waits(obj.latest_revision, user.pk):
            return back
        return [("approve", _("Approve"), False), ("approve", _("Approve with a comment"), True), *back]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Where the comment is written. Wagtail's own form speaks one language to everybody."""
        return SendBackForm if action == "reject" else RemarkForm

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Asks for the second pair of eyes. Raises `SilentVideoError` for what could not be published anyway."""
        refuse_silent_video(workflow_state.content_object.get_latest_revision_as_object())
        return super().start(workflow_state, user=user)

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, /, **words: Any) -> None:
        """Approves the newest version or sends it back; of all that was sent along only the comment counts, and which
        version was `shown`. Raises `NotYoursToApproveError`, also for a change that came with the approval,
        `NothingSaidError`, and `ChangedError` where somebody approves what she was not shown.
        """
        pages = Page.objects.select_for_update(of=("self",)).select_related("latest_revision")
        page = pages.get(pk=task_state.workflow_state.object_id)
        if action_name not in {name for name, _words, _asks in self.get_actions(page, user)}:
            raise NotYoursToApproveError
        form = self.get_form_for_action(action_name)({"comment": words.get("comment", "")})
        if not form.is_valid():
            raise NothingSaidError
        if action_name == "approve":
            refuse_unseen(page.latest_revision, words.get("shown"))
            task_state.revision = page.latest_revision
        super().on_action(task_state, user, action_name, comment=form.cleaned_data["comment"])

    def get_task_states_user_can_moderate(self, user: Any, **_words: Any) -> models.QuerySet[TaskState]:
        """What waits for `user`: pages that she looks after, with the words of others."""
        pages = page_permission_policy.instances_user_has_permission_for(user, "publish")
        asked = self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__object_id__in=pages.values(number=Cast("pk", models.CharField())),
        )
        newest = Page.objects.in_bulk(
            {int(number) for number in asked.values_list("workflow_state__object_id", flat=True)}
        )
        told = eyes.stories(newest)
        hers = [str(pk) for pk, page in newest.items() if told[pk].waits(page.latest_revision_id or 0, user.pk)]
        waiting: models.QuerySet[TaskState] = asked.exclude(workflow_state__object_id__in=hers)
        return waiting


def looks_after(page: Page, user: Any) -> bool:
    """Whether `user` may publish `page` at all."""
    return bool(page.permissions_for_user(user).can_publish())


class Shelf(models.Model):
    """Where an organisation keeps its own pictures, documents and videos."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="shelf")
    collection = models.OneToOneField(Collection, on_delete=models.CASCADE, related_name="shelf")

    wagtail_reference_index_ignore: ClassVar[bool] = True
    """Not a use of the organisation or of the collection: it goes with either."""

    class Meta:
        verbose_name = _("shelf")
        verbose_name_plural = _("shelves")

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.collection_id}"
