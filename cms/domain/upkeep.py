"""Upkeep: what was to be checked again by a day is remembered, so that nobody reads what has become wrong."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.permissions import page_permission_policy

from cms.models import Entry
from hrdplatform.accounts.models import User
from hrdplatform.notices import Kind as Notice
from hrdplatform.notices import queue
from hrdplatform.organisations.domain.roles import WRITING
from hrdplatform.organisations.states import Kind, Role
from hrdplatform.web.doors import door_url

AHEAD: Final = timedelta(days=30)
"""How long before its day somebody is told."""


def to_check(user: Any) -> QuerySet[Entry]:
    """The live pages with a day of checking that `user` may change, the next first."""
    mine = page_permission_policy.instances_user_has_permission_for(user, "change")
    dated = Entry.objects.filter(review_by__isnull=False, page__in=mine.values("pk"))
    return dated.select_related("organisation").order_by("review_by", "pk")


def remind_due(*, at: datetime, limit: int = 25) -> int:
    """Mails to those who look after a page, once when its day is near and once when it has come. Answers for how many
    pages. Idempotent: a page's mails and its mark are written in one transaction.

    The day is one of the platform's own time zone. A new day of checking begins anew.
    """
    today = timezone.localdate(at)
    open_ones = Entry.objects.filter(review_by__lte=today + AHEAD).filter(
        Q(reminded_on__isnull=True) | Q(reminded_on__lt=F("review_by"))
    )
    rows = open_ones.order_by("review_by", "pk").values_list("pk", "review_by", "reminded_on")
    numbers = [number for number, review_by, reminded_on in rows if asks(review_by, reminded_on, today)]
    return sum(remind(number, today=today) for number in numbers[:limit])


def asks(review_by: date | None, reminded_on: date | None, today: date) -> bool:
    """Whether somebody is to be told today about a page that was last spoken of on `reminded_on`."""
    if review_by is None:
        return False
    begins = review_by if today >= review_by else review_by - AHEAD
    return today >= begins and (reminded_on is None or reminded_on < begins)


@transaction.atomic
def remind(number: int, *, today: date) -> bool:
    """Writes the mails about one page. False where another worker was quicker or the page has gone."""
    entry = Entry.objects.select_for_update().filter(pk=number).first()
    if entry is None or not asks(entry.review_by, entry.reminded_on, today):
        return False
    kind = Notice.CHECK_SOON if entry.review_by and today < entry.review_by else Notice.CHECK_DUE
    for person in keepers(entry):
        context = {
            "name": person.name,
            "title": entry.title,
            "address": door_url("office", "wagtailadmin_pages:edit", entry.page_id),
        }
        queue(kind, to=person.email, language=person.language, context=context)
    entry.reminded_on = today
    entry.save(update_fields=["reminded_on"])
    return True


def keepers(entry: Entry) -> list[User]:
    """The active authors and editors of the organisation that a page belongs to; if none, the house's editors."""
    people = User.objects.filter(is_active=True)
    own = people.filter(memberships__organisation=entry.organisation_id, memberships__role__in=WRITING)
    house = people.filter(memberships__organisation__kind=Kind.PLATFORM, memberships__role=Role.EDITOR)
    return list(own.distinct().order_by("pk")) or list(house.distinct().order_by("pk"))
