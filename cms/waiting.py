"""What waits for somebody in the front hall: the lines of the office's first panel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from cms import unfinished
from cms.models import CourseParcel, Entry, FourEyesTask, Opinion, SectionPage
from cms.office.initiatives import proposed_to
from cms.states import Making
from hrdplatform.office.access import roles_held
from hrdplatform.office.waiting import line
from hrdplatform.organisations.domain.roles import WRITING
from hrdplatform.web import clock

Row = tuple[str, str]
"""An address and what is said of it."""
TOLD: Final = 3
"""How many pages that came back are told one by one."""


def lines(request: Any, *_objects: object) -> SafeString:
    """For the slot `office.waiting`."""
    today = timezone.localdate(clock.now())
    return format_html_join("", "{}", ((line(address, words),) for address, words in rows(request.user, today)))


def ways(request: Any, *_objects: object) -> SafeString:
    """For the slot `office.ways`: a new guide in the own section, and the section itself."""
    mine = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    kept = {organisation for organisation, roles in roles_held(request.user).items() if roles & set(WRITING)}
    sections = SectionPage.objects.filter(organisation__in=kept, pk__in=mine.values("pk")).select_related("locale")
    spoken = sorted(sections, key=lambda section: section.language != get_language())
    own = {section.organisation_id: section for section in reversed(spoken)}.values()
    return format_html_join("", "{}", ((line(address, words),) for section in own for address, words in way(section)))


def way(section: SectionPage) -> Iterator[Row]:
    """What somebody may begin in a section."""
    guide = reverse("wagtailadmin_pages:add", args=["cms", "guidepage", section.pk])
    place = reverse("wagtailadmin_explore", args=[section.pk])
    yield guide, _("Write a guide for “%(section)s”") % {"section": section.title}
    yield place, _("All pages of “%(section)s”") % {"section": section.title}


def rows(user: Any, today: date) -> Iterator[Row]:
    """What `user` is asked to do, most pressing first; nothing where nothing waits."""
    mine = page_permission_policy.instances_user_has_permission_for(user, "change")
    yield from to_approve(user)
    yield from to_publish(user)
    yield from to_agree(user)
    yield from came_back(user, mine)
    yield from to_check(mine, today)
    yield from failed(mine)
    yield from opinions(mine, today)


def to_approve(user: Any) -> Iterator[Row]:
    """Pages that others wrote and that `user` may approve."""
    found = TaskState.objects.none()
    for task in FourEyesTask.objects.filter(active=True):
        found = found | task.get_task_states_user_can_moderate(user)
    numbers = list(found.values_list("workflow_state__object_id", flat=True))
    if numbers:
        words = ngettext(
            "%(count)s page waits for your approval", "%(count)s pages wait for your approval", len(numbers)
        )
        report = f"{reverse('wagtailadmin_reports:workflow_tasks')}?reviewable=true"
        yield address(numbers, report), words % {"count": len(numbers)}


def to_publish(user: Any) -> Iterator[Row]:
    """Translations that others finished and that `user` may publish."""
    numbers = unfinished.to_publish(user)
    if numbers:
        words = ngettext(
            "%(count)s translation is complete and waits to be published",
            "%(count)s translations are complete and wait to be published",
            len(numbers),
        )
        yield edit(numbers[0]), words % {"count": len(numbers)}


def to_agree(user: Any) -> Iterator[Row]:
    """Initiatives in which an author would have readers see something else."""
    numbers = list(proposed_to(user).values_list("pk", flat=True))
    if numbers:
        words = ngettext(
            "Changes of %(count)s initiative wait for you",
            "Changes of %(count)s initiatives wait for you",
            len(numbers),
        )
        yield reverse("office_initiatives:edit", args=[numbers[0]]), words % {"count": len(numbers)}


def came_back(user: Any, mine: QuerySet[Page]) -> Iterator[Row]:
    """Pages that `user` submitted and that were sent back: the newest with what was said; of many the number."""
    keys = mine.values(number=Cast("pk", CharField()))
    sent_back = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user.pk, object_id__in=keys
    )
    newest = sent_back.order_by("-current_task_state__finished_at", "-pk")
    states = list(newest.values_list("object_id", "current_task_state__comment")[: TOLD + 1])
    pages = Page.objects.in_bulk([int(number) for number, _comment in states[:TOLD]])
    for number, comment in states[:TOLD]:
        title = pages[int(number)].get_admin_display_title()
        words = _("“%(title)s” came back to you: %(comment)s") % {"title": title, "comment": comment}
        yield edit(number), words
    if len(states) > TOLD:
        count = sent_back.count()
        words = ngettext("%(count)s page came back to you", "%(count)s pages came back to you", count)
        report = f"{reverse('wagtailadmin_reports:workflow')}?status=needs_changes&requested_by={user.pk}"
        yield report, words % {"count": count}


def to_check(mine: QuerySet[Page], today: date) -> Iterator[Row]:
    """Live pages whose day of checking has come."""
    due = Entry.objects.filter(review_by__lte=today, page__in=mine.values("pk")).order_by("review_by", "pk")
    numbers = [str(number) for number in due.values_list("page", flat=True)]
    if numbers:
        words = ngettext(
            "%(count)s page is to be checked again", "%(count)s pages are to be checked again", len(numbers)
        )
        yield address(numbers, reverse("office_to_check")), words % {"count": len(numbers)}


def failed(mine: QuerySet[Page]) -> Iterator[Row]:
    """Offline packages of the own courses that could not be made."""
    count = CourseParcel.objects.filter(state=Making.FAILED, course__in=mine.values("pk")).count()
    if count:
        words = ngettext("%(count)s package could not be made", "%(count)s packages could not be made", count)
        yield f"{reverse('office_parcels:index')}?state={Making.FAILED}", words % {"count": count}


def opinions(mine: QuerySet[Page], today: date) -> Iterator[Row]:
    """What readers said this month about the own pages."""
    count = Opinion.objects.filter(on__gte=today.replace(day=1), page__in=mine.values("pk")).count()
    if count:
        words = ngettext("%(count)s opinion of readers this month", "%(count)s opinions of readers this month", count)
        yield reverse("office_opinions"), words % {"count": count}


def address(numbers: list[str], report: str) -> str:
    """The one page, or the list of several."""
    return edit(numbers[0]) if len(numbers) == 1 else report


def edit(number: str) -> str:
    """Where a page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[number])
