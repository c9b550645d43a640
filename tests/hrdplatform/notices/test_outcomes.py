import smtplib
from datetime import UTC, datetime, timedelta

import pytest

from hrdplatform import notices
from hrdplatform.audit.models import Entry
from hrdplatform.notices import Kind, outcomes
from hrdplatform.notices.models import Notice, State
from hrdplatform.notices.sending import claim, send_due

pytestmark = [pytest.mark.database, pytest.mark.django_db]

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def claimed(kind: Kind = Kind.AID_URGENT, **context) -> Notice:
    notices.queue(kind, to="a@example.org", language="en", context=context)
    return claim(at=AT)


def row() -> Notice:
    return Notice.objects.get()


def test_pauses_double_from_a_minute_to_six_hours():
    pauses = [outcomes.pause_after(attempts).total_seconds() / 60 for attempts in (1, 2, 3, 9, 10, 100)]
    assert pauses == [1, 2, 4, 256, 360, 360]


def test_a_failed_try_is_repeated_after_a_pause():
    outcomes.failed(claimed(), at=AT, error=smtplib.SMTPDataError(451, b"later"))
    assert (row().state, row().failure, row().due_at) == (State.WAITING, "SMTPDataError", AT + timedelta(minutes=1))


@pytest.mark.parametrize(
    "error", [smtplib.SMTPDataError(554, b"no"), smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"who")})]
)
def test_a_refusal_for_good_is_set_aside_at_once_and_recorded_without_an_address(error):
    outcomes.failed(claimed(), at=AT, error=error)
    assert row().state == State.PARKED
    entry = Entry.objects.get()
    assert (entry.event, entry.facts) == (
        "notices.notice.parked",
        {"failure": type(error).__name__, "kind": "aid.urgent"},
    )


def test_what_cannot_be_rendered_is_set_aside_and_does_not_hold_up_the_others():
    notices.queue(Kind.AUDIT_HEAD, to="a@example.org", language="en", context={})
    Notice.objects.update(kind="no.such.kind")
    notices.queue(Kind.AID_URGENT, to="b@example.org", language="en", context={})
    assert send_due(at=AT) == 1
    assert [notice.failure for notice in Notice.objects.parked()] == ["ValueError"]


def test_a_notice_that_kills_its_worker_each_time_is_set_aside_in_the_end():
    notices.queue(Kind.AID_URGENT, to="a@example.org", language="en", context={})
    at = AT
    for _death in range(outcomes.TRIES):
        assert claim(at=at)
        at += timedelta(minutes=6)
    assert send_due(at=at) == 0
    assert (row().state, row().failure) == (State.PARKED, "WorkerDied")


def test_an_operator_retries_a_parked_notice():
    outcomes.park(claimed(), at=AT, failure="X")
    outcomes.retry(row(), actor="user:1", at=AT)
    assert send_due(at=AT) == 1


def test_an_operator_drops_a_parked_notice_and_its_thread_goes_on():
    for name in ("first", "second"):
        notices.queue(Kind.AID_URGENT, to=f"{name}@example.org", language="en", context={}, thread="t")
    outcomes.park(claim(at=AT), at=AT, failure="X")
    assert claim(at=AT) is None
    outcomes.drop(Notice.objects.parked().get(), actor="user:1", at=AT)
    assert claim(at=AT).to == "second@example.org"


def test_only_a_parked_notice_can_be_dropped():
    with pytest.raises(outcomes.NotParkedError):
        outcomes.drop(claimed(), actor="user:1", at=AT)


def test_a_worker_whose_lease_is_over_changes_nothing_any_more():
    late = claimed()
    claim(at=AT + timedelta(minutes=6))
    outcomes.sent(late, at=AT)
    assert row().state == State.SENDING


def test_a_constant_notice_that_failed_gives_way_to_a_newer_one():
    first = claimed()
    notices.queue(Kind.AID_URGENT, to="a@example.org", language="en", context={})
    outcomes.failed(first, at=AT, error=OSError())
    assert Notice.objects.filter(state=State.WAITING).count() == 1
