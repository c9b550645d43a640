"""A clock that jumps, and the two days on which it is changed: nothing lives for ever, is done twice, or never."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from hrdplatform.accounts.domain import backup, totp
from hrdplatform.accounts.domain.sessions import sweep_sessions
from hrdplatform.accounts.models import Session
from hrdplatform.notices.models import Notice
from hrdplatform.notices.sending import send_due
from hrdplatform.notices.turns import Due, do
from hrdplatform.sealing import pins
from hrdplatform.web.pagecache import next_day
from legal_aid.domain import desk, plain_session, uploads
from legal_aid.models import Case, PlainSession, Upload
from tests.factories import legal_aid
from tests.factories.accounts import code_of, make_app, make_person, make_user, signed_in
from tests.legal_aid.plain_visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LUXEMBOURG = ZoneInfo("Europe/Luxembourg")
CHANGES = [date(2026, 3, 29), date(2026, 10, 25)]
FAR = pytest.mark.parametrize("days", [1, 40])  # the list of a team is good for longer


@pytest.fixture(autouse=True)
def today(stopped_clock):
    """The lists of teams in tests are signed today."""
    stopped_clock.at = datetime.now(UTC)


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LUXEMBOURG).astimezone(UTC)


# the clock ran ahead, and is put back


@FAR
def test_a_sign_in_of_the_future_ends_when_the_clock_is_put_back(stopped_clock, days):
    stopped_clock.move(days=days)
    client = signed_in(make_person())
    assert client.get("/account/").status_code == 200
    stopped_clock.move(days=-days)
    assert client.get("/account/").status_code == 302
    assert sweep_sessions(at=stopped_clock.now()) == 1
    assert not Session.objects.exists()


def test_a_worker_whose_clock_is_nine_minutes_behind_ends_no_sign_in(stopped_clock):
    client = signed_in(make_person())
    assert sweep_sessions(at=stopped_clock.now() - timedelta(minutes=9)) == 0
    stopped_clock.move(minutes=-9)
    assert client.get("/account/").status_code == 200


@FAR
def test_a_visit_without_scripts_ends_when_the_clock_is_put_back(stopped_clock, days):
    legal_aid.team()
    stopped_clock.move(days=days)
    visitor = Visitor()
    visitor.open_case()
    stopped_clock.move(days=-days)
    assert "Open your request" in visitor.go("return/plain/messages/").text
    assert plain_session.remove_idle(at=stopped_clock.now()) == 1
    assert not PlainSession.objects.exists()


@FAR
def test_an_upload_of_the_future_that_nobody_claims_is_removed(stopped_clock, client, days):
    page = legal_aid.Browser(client, legal_aid.team())
    stopped_clock.move(days=days)
    page.upload()
    stopped_clock.move(days=-days)
    assert uploads.remove_expired(at=stopped_clock.now()) == 1
    page.upload()
    assert uploads.remove_expired(at=stopped_clock.now()) == 0
    assert Upload.objects.count() == 1


@FAR
def test_alarms_about_an_urgent_request_of_the_future_come_and_end(stopped_clock, client, days):
    page = legal_aid.Browser(client, legal_aid.team())
    stopped_clock.move(days=days)
    page.open_case(urgency="now")
    Notice.objects.all().delete()
    stopped_clock.move(days=-days)
    assert [desk.send_alarms(at=stopped_clock.now()) for _ in range(3)] == [1, 1, 0]
    assert Notice.objects.exists()


def test_a_spent_code_stays_spent_when_the_clock_is_put_back_and_a_back_up_code_lets_in(stopped_clock):
    user = make_user()
    device, sheet = make_app(user), backup.make_sheet(user, at=stopped_clock.now())
    earlier = code_of(device)
    stopped_clock.move(days=1)
    assert totp.spend(user, code_of(device), at=stopped_clock.now())
    stopped_clock.move(days=-1)
    assert totp.spend(user, earlier, at=stopped_clock.now()) is None
    assert backup.spend(user, sheet[0], at=stopped_clock.now())


# the clock jumps ahead


def test_after_a_jump_ahead_each_alarm_is_given_once_and_a_case_stays_what_it_was(stopped_clock, client):
    page = legal_aid.Browser(client, legal_aid.team())
    page.open_case(urgency="now")
    stopped_clock.move(days=400)
    assert [desk.send_alarms(at=stopped_clock.now()) for _ in range(3)] == [1, 1, 0]
    assert page.view().sound
    assert send_due(at=stopped_clock.now()) == len(mail.outbox) == len({one.to[0] for one in mail.outbox}) == 2
    assert send_due(at=stopped_clock.now()) == 0
    assert Case.objects.count() == 1


def test_under_a_list_that_the_jump_let_run_out_nothing_is_written_and_everything_read(stopped_clock, client):
    page = legal_aid.Browser(client, legal_aid.team())
    page.open_case()
    stopped_clock.move(days=70)
    answer = legal_aid.Browser(client, page.team).send(page.request())
    assert (answer.status_code, answer.json()["error"]) == (409, "expired")
    assert page.view().sound


# the days on which the clock is changed


@pytest.mark.parametrize("day", CHANGES)
@pytest.mark.parametrize("hour", [2, 3])
def test_work_of_an_hour_that_comes_twice_or_not_at_all_is_done_once(day, hour):
    done = []

    def work(*, at: datetime, limit: int = 100) -> int:
        done.append(at.astimezone(LUXEMBOURG).date())
        return 1

    nightly = Due("nightly", work, timedelta(days=1), hour=hour)
    moment = local(day - timedelta(days=1), 12)
    while moment < local(day + timedelta(days=2), 0):
        do(nightly, at=moment)
        moment += timedelta(minutes=10)
    assert done == [day, day + timedelta(days=1)]


@pytest.mark.parametrize("day", CHANGES)
def test_a_kept_page_ends_at_the_coming_midnight(day):
    assert next_day(local(day, 0)) == next_day(local(day, 23, 59)) == local(day + timedelta(days=1), 0)
    hours = (next_day(local(day, 0)) - local(day, 0)) / timedelta(hours=1)
    assert hours == (23 if day.month == 3 else 25)


@pytest.mark.parametrize("day", CHANGES)
def test_idle_time_is_counted_in_minutes_that_passed(stopped_clock, day):
    stopped_clock.at = local(day, 1, 50)
    client = signed_in(make_person())
    stopped_clock.move(minutes=29)
    assert client.get("/account/").status_code == 200
    stopped_clock.move(minutes=31)
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("day", CHANGES)
def test_a_request_is_of_the_local_day_on_which_it_came(stopped_clock, client, day, monkeypatch):
    # The list of the test's team is of today; which day it is for lists is not what is asked here.
    monkeypatch.setattr(pins, "CLOCK_LEEWAY", timedelta(days=36_500))
    page = legal_aid.Browser(client, legal_aid.team())
    stopped_clock.at = local(day, 23, 59)
    page.open_case()
    stopped_clock.move(minutes=2)
    other = legal_aid.Browser(client, page.team)
    other.open_case()
    days = dict(Case.objects.values_list("pk", "received_on"))
    assert (days[page.case], days[other.case]) == (day, day + timedelta(days=1))


@pytest.mark.parametrize("day", CHANGES)
def test_a_code_of_an_app_does_not_feel_the_change(stopped_clock, day):
    stopped_clock.at = datetime(day.year, day.month, day.day, 0, 59, 40, tzinfo=UTC)
    device = make_app(make_user())
    code = code_of(device, stopped_clock.now())
    stopped_clock.move(seconds=30)  # over the moment of the change
    assert totp.spend(device.user, code, at=stopped_clock.now()) == device
