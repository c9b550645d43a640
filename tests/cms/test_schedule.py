"""By the clock goes live what somebody else has looked at, at its moment, and nothing else."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, Revision

from cms.domain.schedule import publish_due
from cms.models import CoursePage, Entry, GuidePage
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock, generations
from tests.cms.test_four_eyes import decide, form
from tests.factories.accounts import signed_in
from tests.factories.cms import planted, stored
from tests.factories.editing import edit
from tests.factories.learning import guide, lesson, section
from tests.factories.library import library
from tests.factories.organisations import make_member
from tests.factories.videos import video

pytestmark = pytest.mark.django_db(transaction=True)
LUXEMBOURG = ZoneInfo("Europe/Luxembourg")


def again(page: Page) -> Page:
    return Page.objects.get(pk=page.pk).specific


def dated(own, writer, moment: datetime, **fields) -> GuidePage:
    """A draft that `writer` wants to go live at `moment`."""
    return again(guide(parent=section(own), live=False, by=writer, go_live_at=moment, **fields))


def approve(page: Page, by, requested_by) -> None:
    state = page.get_workflow().start(page, requested_by)
    state.current_task_state.specific.approve(user=by)


def minute(moment: datetime, count: int) -> datetime:
    return (moment.astimezone(ZoneInfo("UTC")) + timedelta(minutes=count)).astimezone(LUXEMBOURG)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2099, 3, 29, 3, 30, tzinfo=LUXEMBOURG),
        datetime(2099, 10, 25, 2, 30, tzinfo=LUXEMBOURG),
        datetime(2099, 10, 25, 2, 30, tzinfo=LUXEMBOURG, fold=1),
        datetime(2099, 7, 1, 9, 0, tzinfo=LUXEMBOURG),
    ],
)
def test_what_another_approved_goes_live_in_its_minute_also_when_the_clocks_change(own, author, editor, moment):
    page = dated(own, author, moment)
    approve(page, editor, author)
    assert publish_due(at=minute(moment, -1)) == 0
    assert not again(page).live


def test_the_moment_itself_is_soon_enough_and_a_second_look_does_nothing(own, author, editor):
    moment = clock.now() + timedelta(hours=1)
    page = dated(own, author, moment)
    approve(page, editor, author)
    arrived(page)
    assert publish_due(at=clock.now()) == 1
    assert again(page).live
    assert Entry.objects.filter(page=page.pk).exists()
    assert publish_due(at=clock.now()) == 0


def arrived(page: Page) -> None:
    """The day has come: what was approved for later was approved for a moment ago."""
    now = clock.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(object_id=str(page.pk), approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = now.isoformat()
        revision.approved_go_live_at = now
        revision.save()


def test_a_day_that_nobody_approved_is_taken_away(own, author):
    page = dated(own, author, clock.now() - timedelta(minutes=1))
    revision = page.get_latest_revision()
    revision.approved_go_live_at = clock.now()
    revision.save()
    assert publish_due(at=clock.now()) == 0
    assert not again(page).live
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    assert again(page).get_latest_revision().pk == revision.pk


def test_a_day_that_an_editor_set_for_what_another_wrote_is_kept(own, author, editor):
    page = dated(own, author, clock.now() + timedelta(hours=1))
    page.get_latest_revision().publish(user=editor)
    arrived(page)
    assert publish_due(at=clock.now()) == 1


def test_what_was_written_after_the_approval_waits_for_its_own(own, author, editor):
    page = dated(own, author, clock.now() + timedelta(hours=1))
    approve(page, editor, author)
    later = again(page).get_latest_revision_as_object()
    later.title = "Nachgeschoben"
    later.save_revision(user=author)
    arrived(page)
    assert publish_due(at=clock.now()) == 1
    assert again(page).title == "Votre téléphone"
    assert again(page).has_unpublished_changes


def test_a_video_without_captions_does_not_go_live_by_the_clock_and_holds_up_no_other(own, author, editor):
    silent = video()
    body = stored([{"type": "video", "value": {"video": silent.pk}}], GuidePage)
    page = guide(parent=section(own), live=False, body=body)
    revision = page.save_revision()
    revision.approved_go_live_at = clock.now() - timedelta(hours=2)
    revision.save()
    sound = dated(own, author, clock.now() + timedelta(hours=1))
    approve(sound, editor, author)
    arrived(sound)
    assert publish_due(at=clock.now()) == 1
    assert (again(page).live, again(sound).live) == (False, True)


def test_going_live_and_ending_put_kept_pages_out_of_date(own, author, editor):
    page = dated(own, author, clock.now() + timedelta(hours=1))
    approve(page, editor, author)
    arrived(page)
    before = number()
    publish_due(at=clock.now())
    live = number()
    GuidePage.objects.filter(pk=page.pk).update(expire_at=clock.now())
    publish_due(at=clock.now())
    assert before < live < number()
    assert not Entry.objects.filter(page=page.pk).exists()


def number() -> tuple[int, ...]:
    generations.forget()
    return generations.current(["cms"])


def sent(page: Page, who, **changes) -> None:
    """What the editor of pages sends; `who` saves, or does what the changes say."""
    assert signed_in(who).post(edit(page), form(page, **changes)).status_code == 302


DAY = "2099-07-01 09:00"
MORNING = datetime(2099, 7, 1, 9, 0, tzinfo=LUXEMBOURG)


def test_the_day_that_an_author_proposes_in_the_office_counts_when_an_editor_has_agreed(own, author, editor):
    page = guide(parent=section(own), live=False)
    sent(page, author, go_live_at=DAY)
    assert publish_due(at=minute(MORNING, 1)) == 0
    sent(page, author, go_live_at=DAY, **{"action-submit": "1"})
    assert publish_due(at=minute(MORNING, 1)) == 0
    assert "2099" in re.sub(r"<input[^>]*>", "", signed_in(editor).get(edit(page)).content.decode())
    decide(page, editor, "approve", fields=form(page, go_live_at=DAY))
    assert not again(page).live
    assert publish_due(at=minute(MORNING, -1)) == 0
    arrived(page)
    assert publish_due(at=clock.now()) == 1
    assert again(page).live


def test_an_editor_sets_a_day_in_the_office_and_the_second_editor_agrees(own, author, editor):
    page = guide(parent=section(own), live=False)
    page.save_revision(user=author)
    sent(page, editor, go_live_at=DAY, **{"action-submit": "1"})
    decide(page, editor, "approve", fields=form(page, go_live_at=DAY))
    assert publish_due(at=minute(MORNING, 1)) == 0
    decide(page, make_member(own, Role.EDITOR), "approve", fields=form(page, go_live_at=DAY))
    arrived(page)
    assert publish_due(at=clock.now()) == 1
    assert again(page).live


def test_an_editor_takes_the_day_back_and_an_author_does_not(own, author, editor):
    page = dated(own, author, MORNING)
    approve(page, editor, author)
    address = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, page.latest_revision_id])
    signed_in(author).post(address)
    assert Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    signed_in(editor).post(address)
    assert publish_due(at=minute(MORNING, 1)) == 0


def test_an_end_that_an_author_writes_into_a_draft_takes_nothing_off(own, author):
    page = guide(parent=section(own))
    sent(page, author, expire_at=DAY)
    assert publish_due(at=minute(MORNING, 1)) == 0
    assert again(page).live


@pytest.fixture
def ended():
    """A course, with one more lesson that is to go live by the clock."""
    planted()
    made = library("en")
    later = lesson("Later", slug="later", parent=made.module, live=False)
    Revision.objects.filter(pk=later.latest_revision_id).update(approved_go_live_at=clock.now())
    return made


def ends_by_the_clock(course: Page) -> None:
    CoursePage.objects.filter(pk=course.pk).update(expire_at=clock.now())
    assert publish_due(at=clock.now()) == 1


@pytest.mark.parametrize("end", [ends_by_the_clock, lambda course: again(course).unpublish()])
def test_the_lessons_of_a_course_end_with_it(client, ended, end):
    places = [page.url_path for page in ended.course.get_descendants(inclusive=True)]
    assert [client.get(place).status_code for place in places].count(200) == len(places) - 1
    end(ended.course)
    assert {client.get(place).status_code for place in places} == {404}
    assert publish_due(at=clock.now() + timedelta(days=1)) == 0
    course = ended.course.url_path
    assert not Entry.objects.filter(address__startswith=course).exists()
    for public in ("/sitemap.xml", "/api/v2/pages/?limit=20", "/en/search/?q=leave", "/en/learn/feed/"):
        answer = client.get(public)
        assert answer.status_code == 200, public
        assert course not in answer.content.decode(), public


@pytest.mark.parametrize(
    ("end", "lives"),
    [(ends_by_the_clock, False), (lambda course: again(course).unpublish(), False), (lambda course: None, True)],
)
def test_a_date_below_a_course_that_ended_is_gone_also_when_the_course_comes_back(ended, end, lives):
    later = ended.module.get_children().get(slug="later")
    end(ended.course)
    CoursePage.objects.filter(pk=ended.course.pk).update(expire_at=None)
    again(ended.course).save_revision().publish()
    again(ended.module).save_revision().publish()
    assert publish_due(at=clock.now()) == int(lives)
    assert again(later).live is lives


def test_what_ended_with_its_course_says_so_in_the_office(ended):
    ends_by_the_clock(ended.course)
    assert all(page.expired for page in ended.course.get_descendants().exclude(slug="later"))
    logged = PageLogEntry.objects.filter(action="wagtail.unpublish.scheduled").values_list("page", flat=True)
    assert ended.lessons[0].pk in logged


def test_a_course_is_deleted_with_its_lessons(ended):
    again(ended.course).delete()
    assert not Page.objects.filter(url_path__startswith=ended.course.url_path).exists()
