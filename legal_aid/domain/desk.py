"""What members do at the desk beside writing: acknowledge, read, keep drafts and the keyring sealed to themselves."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hrdplatform import audit, notices
from hrdplatform.audit import Event
from hrdplatform.notices import Kind
from hrdplatform.sealing.age.sealed import check_outside
from hrdplatform.sealing.errors import SealingError
from legal_aid.models import AnswerClock, Case, OwnSealed, TeamMember
from legal_aid.states import CaseStatus, MemberState

from . import speakers
from .intake import ALARMS, ANSWER, alert_intake
from .sealed_rows import SealedRefusedError
from .speakers import Speaker, UnknownCaseError

OWN_NAME = re.compile(r"keyring|draft-(?P<case>[0-9a-f]{32})")
LARGEST_OWN = 1024 * 1024


class UnknownNameError(Exception):
    """Not a name under which a member may keep something."""


def acknowledge(case_id: str, *, speaker: Speaker, at: datetime) -> None:
    """Tell the defender that somebody looks at the case, and stop the answer clock. Doing it twice changes nothing.

    Raises `UnknownCaseError`.
    """
    with transaction.atomic():
        case = speaker.lock(case_id)
        if case.acknowledged_on is not None:
            return
        case.acknowledged_on = timezone.localdate(at)
        case.status = CaseStatus.ACKNOWLEDGED
        case.held_by = speaker.id
        case.save(update_fields=["acknowledged_on", "status", "held_by"])
        AnswerClock.objects.filter(case=case).delete()
        audit.record(Event.CASE_ACKNOWLEDGED, actor=speaker.actor, object=f"trace:{case.trace}", at=at, door="aid")


def note_reading(case: Case, *, speaker: Speaker, at: datetime) -> None:
    """Leave a line that a member opened a case: reads are recorded too."""
    audit.record(Event.CASE_READ, actor=speaker.actor, object=f"trace:{case.trace}", at=at, door="aid")


def keep(name: str, sealed: bytes, *, member: TeamMember) -> None:
    """Keep something that only the member can open; a draft goes with its case.

    Raises `UnknownNameError`, also for a draft of a case that is not open to the member, and `SealedRefusedError`.
    """
    found = OWN_NAME.fullmatch(name)
    if found is None:
        raise UnknownNameError
    try:
        check_outside(sealed)
    except SealingError as error:
        raise SealedRefusedError from error
    if len(sealed) > LARGEST_OWN:
        raise SealedRefusedError
    with transaction.atomic():
        if found["case"]:
            _lock_for_draft(found["case"], member)
        OwnSealed.objects.update_or_create(member=member, name=name, defaults={"sealed": sealed})


def _lock_for_draft(case: str, member: TeamMember) -> None:
    """Hold the case, so that an erasure takes the draft too or finds that it was never kept."""
    if member.state != MemberState.ACTIVE:
        raise UnknownNameError
    try:
        speakers.member(member).lock(case)
    except UnknownCaseError as error:
        raise UnknownNameError from error


def kept(name: str, *, member: TeamMember) -> bytes | None:
    """What the member keeps under a name."""
    found = OwnSealed.objects.filter(member=member, name=name).values_list("sealed", flat=True).first()
    return None if found is None else bytes(found)


def let_go(name: str, *, member: TeamMember) -> None:
    """Delete what the member keeps under a name."""
    OwnSealed.objects.filter(member=member, name=name).delete()


def send_news(*, at: datetime, limit: int = 100) -> int:
    """Tell members that something new lies on the desk; the mail is constant and waits for its fixed hour.

    One mail a member, however many cases; nothing in it or in its time says which.
    """
    with transaction.atomic():
        changed = list(Case.objects.select_for_update().filter(news=True).values_list("pk", "team")[:limit])
        teams = {team for _, team in changed}
        reading = TeamMember.objects.reachable().filter(team__in=teams).select_related("user")
        for member in reading:
            notices.queue(Kind.AID_NEWS, to=member.user.email, language=member.user.language, context={})
        Case.objects.filter(pk__in=[case for case, _ in changed]).update(news=False)
    return len(changed)


def send_alarms(*, at: datetime, limit: int = 100) -> int:
    """Alert the intake again about urgent requests that nobody acknowledged, after 60 and 90 minutes."""
    done = 0
    with transaction.atomic():
        # An alarm further ahead than any was set before the clock was put back: better too early than never.
        is_due = Q(next_at__lte=at) | Q(next_at__gt=at + ALARMS[-1])
        due = AnswerClock.objects.select_for_update(of=("self",)).filter(is_due).select_related("case__team")
        for clock in due.order_by("next_at")[:limit]:
            alert_intake(clock.case.team)
            clock.step += 1
            clock.next_at = _next_alarm(clock.due_at, clock.step)
            clock.save(update_fields=["step", "next_at"])
            done += 1
    return done


def _next_alarm(due_at: datetime, step: int) -> datetime | None:
    """When the alarm after `step` given ones is due; None after the last: the row stays, the desk shows it."""
    return due_at - ANSWER + ALARMS[step] if step < len(ALARMS) else None


def overdue(member: TeamMember) -> int:
    """How many urgent requests that the member reads wait for longer than the promise."""
    open_cases = Case.objects.open_to(team=member.team, member=member.member)
    return AnswerClock.objects.filter(case__in=open_cases, step__gte=len(ALARMS)).count()
