import pytest

from hrdplatform import notices
from hrdplatform.audit.models import Entry
from hrdplatform.notices import Kind, turns
from hrdplatform.notices.models import Notice, State
from hrdplatform.notices.models.turn import Turn
from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_member, make_organisation

pytestmark = [pytest.mark.database, pytest.mark.django_db]
ADDRESS = "/office/parked/"
QUERIES = 10


def parked(number: int = 0, kind: Kind = Kind.AID_URGENT) -> Notice:
    notices.queue(kind, to=f"worker{number}@example.org", language="en", context={})
    Notice.objects.filter(state=State.WAITING).update(state=State.PARKED, failure="SMTPDataError", attempts=12)
    return Notice.objects.parked().get(to=f"worker{number}@example.org")


@pytest.fixture
def administrator():
    return signed_in(platform_administrator())


def test_a_mail_that_was_set_aside_is_shown_with_its_failure_and_no_content(administrator):
    parked()
    page = administrator.get(ADDRESS).content.decode()
    assert "Something urgent on the case desk" in page
    assert "worker0@example.org" in page
    assert "SMTPDataError" in page
    assert "1 mail was set aside" in administrator.get("/office/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_mails_as_for_one(
    administrator, count, django_assert_num_queries
):
    for number in range(count):
        parked(number)
    administrator.get(ADDRESS)
    with django_assert_num_queries(QUERIES):
        administrator.get(ADDRESS)


def test_a_mail_is_tried_again_at_once_and_the_record_says_who_wished_it(administrator):
    notice = parked()
    answer = administrator.post(ADDRESS, {"notice": notice.pk, "go": "retry"})
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.failure) == (State.WAITING, 0, "")
    assert Entry.objects.get(event="notices.notice.retried").actor.startswith("user:")


def test_a_mail_that_says_what_another_waiting_one_says_is_not_sent_twice(administrator):
    notice = parked()
    notices.queue(Kind.AID_URGENT, to=notice.to, language="en", context={})
    assert administrator.post(ADDRESS, {"notice": notice.pk, "go": "retry"}).status_code == 302
    assert Notice.objects.get().state == State.WAITING


def test_a_mail_is_dropped_once_and_the_second_click_is_told_so(administrator):
    form = {"notice": parked().pk, "go": "drop"}
    administrator.post(ADDRESS, form)
    assert not Notice.objects.exists()
    again = administrator.post(ADDRESS, form, follow=True)
    assert "This mail is not set aside any more." in again.content.decode()


def test_a_mail_of_an_unknown_kind_is_shown_by_its_kind(administrator):
    parked()
    Notice.objects.update(kind="no.such.kind")
    assert "no.such.kind" in administrator.get(ADDRESS).content.decode()


@pytest.mark.parametrize("form", [{"notice": "x"}, {"notice": "9" * 30, "go": "drop"}, {"notice": "1", "go": "send"}])
def test_a_form_that_no_button_sends_is_not_taken(administrator, form):
    assert administrator.post(ADDRESS, form).status_code == 404


def test_work_that_keeps_failing_is_named(administrator):
    Turn.objects.create(name="legal_aid.blobs", failures=3, failure="OSError")
    page = administrator.get(ADDRESS).content.decode()
    assert "legal_aid.blobs" in page
    assert [turn.name for turn in turns.failing()] == ["legal_aid.blobs"]


def test_nobody_but_administrators_of_the_platform_can_try_again(administrator):
    notice = parked()
    member = signed_in(make_member(make_organisation("Passerelle"), Role.ADMINISTRATOR))
    answer = member.post(ADDRESS, {"notice": notice.pk, "go": "retry"})
    assert (answer.status_code, answer["Location"]) == (302, "/office/")
    notice.refresh_from_db()
    assert notice.state == State.PARKED
    assert "set aside" not in member.get("/office/").content.decode()
