"""Courses to take away: wanted, made, kept, given out."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cms import queries
from cms.domain import parcels
from cms.models import CoursePage, CourseParcel, LessonPage
from cms.packages.binding import bind
from cms.states import Making, Parcel
from hrdplatform.notices import turns
from hrdplatform.web import clock
from hrdplatform.worker import DUE
from tests.factories import cms, learning

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WORK = next(due for due in DUE if due.name == "cms.parcels")


@pytest.fixture
def course() -> CoursePage:
    cms.planted()
    return learning.course("Sécurité", slug="securite", lead="Pour commencer.")


def made(course: CoursePage, form: Parcel = Parcel.EPUB) -> CourseParcel:
    return CourseParcel.objects.get(course=course, form=form)


def work() -> None:
    assert turns.do(WORK, at=clock.now(), woken=True) is not None


def test_a_course_that_goes_live_is_wanted_in_every_form(course):
    assert set(CourseParcel.objects.values_list("form", "state")) == {(form, Making.WANTED) for form in Parcel}
    assert parcels.pending(clock.now())
    assert queries.parcels_of(course) == []


def test_a_draft_is_not_wanted():
    cms.planted()
    learning.course(live=False)
    assert not CourseParcel.objects.exists()


def test_the_worker_makes_them_and_then_has_nothing_to_do(course):
    work()
    assert set(CourseParcel.objects.values_list("state", "done", "failure")) == {(Making.READY, 100, "")}
    assert not parcels.pending(clock.now())
    for parcel in queries.parcels_of(course):
        with default_storage.open(parcel.file.name) as stream:
            content = stream.read()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (parcel.size, parcel.digest)


def test_a_course_knows_its_files_in_one_query(course, django_assert_num_queries):
    work()
    with django_assert_num_queries(1):
        found = [(parcel.form, parcel.address) for parcel in queries.parcels_of(course)]
    address = course.url_path.rstrip("/")
    assert found == [("epub", f"{address}.epub"), ("scorm", f"{address}-scorm.zip"), ("zip", f"{address}.zip")]


def test_a_published_lesson_wants_its_course_anew_and_the_old_file_stays_until_then(course):
    work()
    before = made(course)
    lesson = LessonPage.objects.first()
    lesson.title = "Nouveau titre"
    lesson.save_revision().publish()
    wanted = made(course)
    assert (wanted.state, wanted.file.name) == (Making.WANTED, before.file.name)
    assert default_storage.exists(before.file.name)
    assert len(queries.parcels_of(course)) == 3


def test_the_new_file_takes_the_place_of_the_old_one(course, django_capture_on_commit_callbacks):
    work()
    before = made(course)
    lesson = LessonPage.objects.first()
    lesson.title = "Nouveau titre"
    lesson.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        work()
    after = made(course)
    assert after.digest != before.digest
    assert default_storage.exists(after.file.name)
    assert not default_storage.exists(before.file.name)


def test_a_course_that_did_not_change_keeps_its_file_at_night(course, django_capture_on_commit_callbacks):
    work()
    before = made(course)
    parcels.want_all(at=clock.now())
    assert made(course).state == Making.WANTED
    with django_capture_on_commit_callbacks(execute=True):
        work()
    assert (made(course).file.name, made(course).digest) == (before.file.name, before.digest)
    assert default_storage.exists(before.file.name)


def test_a_file_that_the_storage_has_lost_is_made_again(course):
    work()
    default_storage.delete(made(course).file.name)
    parcels.want_all(at=clock.now())
    work()
    assert default_storage.exists(made(course).file.name)


def test_what_is_wanted_again_while_it_is_made_stays_wanted(course):
    work()
    row, later = made(course), clock.now() + timedelta(seconds=1)
    parcels.want(course, at=later)
    parcels.store(row, b"old", at=clock.now())
    assert (made(course).state, made(course).digest) == (Making.WANTED, hashlib.sha256(b"old").hexdigest())
    parcels.fail([row], "fault:KeyError")
    assert (made(course).state, made(course).wanted_at) == (Making.WANTED, later)


def test_a_course_that_cannot_be_made_says_why_and_holds_up_no_other(course):
    picture = cms.image()
    body = cms.stored([{"type": "image", "value": {"image": picture.pk, "decorative": True, "alt_text": ""}}])
    poison = learning.course("Poison", body=body)
    default_storage.delete(picture.file.name)
    CourseParcel.objects.filter(course=poison).update(wanted_at=clock.now() - timedelta(days=1))
    work()
    assert set(CourseParcel.objects.filter(course=poison).values_list("state", "failure")) == {
        (Making.FAILED, "unreadable:Poison")
    }
    assert made(course).state == Making.READY


def test_a_failed_making_keeps_the_file_that_there_was(course):
    work()
    before = made(course)
    parcels.want(course, at=clock.now())
    parcels.fail([made(course)], "fault:KeyError")
    assert (made(course).state, made(course).file.name) == (Making.FAILED, before.file.name)
    assert before.pk in [parcel.pk for parcel in queries.parcels_of(course)]


def test_how_much_is_done_can_be_seen_meanwhile(course):
    rows = list(CourseParcel.objects.all())
    parcels.tell(rows, 35)
    assert set(CourseParcel.objects.values_list("done", flat=True)) == {35}


def test_binding_tells_how_much_is_done_and_leaves_the_rest_to_the_writers(course):
    seen = []
    bind(course, seen.append)
    assert seen == sorted(set(seen))
    assert (len(seen), seen[-1]) == (4, 70)  # the course, its module, two lessons


def test_the_office_is_told_while_a_course_is_made(course):
    with CaptureQueriesContext(connection) as asked:
        work()
    told = [int(number) for query in asked for number in re.findall(r'SET "done" = (\d+)', query["sql"])]
    assert told[-1] == 70
    assert told == sorted(told)


def test_the_page_of_a_course_names_each_file_with_its_size(client, course):
    work()
    shown = client.get(course.url_path).content.decode()
    found = re.findall(r'<li><a href="([^"]+)" download>.*?\(([^)]+)\)</a></li>', shown)
    rows = queries.parcels_of(course)
    with translation.override("fr"):
        assert found == [(row.address, filesizeformat(row.size)) for row in rows]
    assert [address.rpartition("securite")[2] for address, _size in found] == [".epub", "-scorm.zip", ".zip"]


def test_the_worker_looks_after_learning_at_these_hours():
    assert {due.name: (due.period, due.hour) for due in DUE if due.name.startswith("cms.")} == {
        "cms.schedule": (timedelta(minutes=1), None),
        "cms.upkeep": (timedelta(days=1), 7),
        "cms.pictures": (timedelta(seconds=5), None),
        "cms.parcels": (timedelta(seconds=5), None),
        "cms.parcels_nightly": (timedelta(days=1), 2),
        "cms.cards": (timedelta(days=1), 4),
        "cms.folders": (timedelta(seconds=1), None),
        "cms.folders_hourly": (timedelta(hours=1), None),
    }
    nightly = next(due for due in DUE if due.name == "cms.parcels_nightly")
    assert nightly.function == parcels.want_all


def test_a_course_that_is_taken_off_gives_nothing_out_and_is_forgotten_at_night(course):
    work()
    course.unpublish()
    assert Client().get(f"{course.url_path.rstrip('/')}.epub").status_code == 404
    parcels.want_all(at=clock.now())
    assert not CourseParcel.objects.exists()


def test_files_of_a_deleted_course_are_swept_at_night(course):
    work()
    name = made(course).file.name
    course.delete()  # no more is committed, as where the machine stops before the file is gone
    parcels.want_all(at=clock.now())
    assert default_storage.exists(name)  # it could be on its way into its row
    parcels.want_all(at=clock.now() + timedelta(hours=2))
    assert not default_storage.exists(name)


@pytest.mark.parametrize(
    ("form", "ending", "kind"),
    [
        (Parcel.EPUB, ".epub", "application/epub+zip"),
        (Parcel.SITE, ".zip", "application/zip"),
        (Parcel.SCORM, "-scorm.zip", "application/zip"),
    ],
)
def test_everybody_may_take_a_live_course_away(client, course, form, ending, kind):
    work()
    answer = client.get(course.url_path.rstrip("/") + ending)
    content = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="securite{ending}"'
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["ETag"] == f'"{made(course, form).digest}"'
    assert answer["Content-Length"] == str(len(content))
    assert hashlib.sha256(content).hexdigest() == made(course, form).digest
    assert not answer.cookies


def test_who_has_the_newest_file_gets_no_other(client, course):
    work()
    address = f"{course.url_path.rstrip('/')}.epub"
    answer = client.get(address, headers={"If-None-Match": f'"{made(course).digest}"'})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("tail", [".epub", ".zip", "-scorm.zip"])
def test_before_it_is_made_there_is_nothing(client, course, tail):
    assert client.get(course.url_path.rstrip("/") + tail).status_code == 404


def test_a_short_name_that_ends_like_the_other_form_is_not_confused(client, course):
    other = learning.course("SCORM", slug="securite-scorm", parent=course.get_parent())
    work()
    answer = client.get(f"{other.url_path.rstrip('/')}.zip")
    digest = hashlib.sha256(b"".join(answer.streaming_content)).hexdigest()
    assert digest in {made(course, Parcel.SCORM).digest, made(other, Parcel.SITE).digest}


def test_nothing_but_a_course_has_a_file(client, course):
    work()
    lesson = LessonPage.objects.first()
    assert client.get(f"{lesson.url_path.rstrip('/')}.epub").status_code == 404
    assert client.get("/fr/learn/nobody/nothing.zip").status_code == 404
    assert client.post(f"{course.url_path.rstrip('/')}.epub").status_code == 405
