"""Offline packages in the office: seen by who may change the course, made again on request."""

import pytest

from cms.domain import parcels
from cms.models import CourseParcel
from cms.states import Making
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock
from tests.factories import cms, learning
from tests.factories.accounts import signed_in
from tests.factories.organisations import make_member, make_organisation

pytestmark = pytest.mark.django_db

LIST = "/office/packages/"


@pytest.fixture
def course():
    cms.planted()
    return learning.course("Sécurité")


@pytest.fixture
def author(course):
    return make_member(course.get_parent().specific.organisation, Role.AUTHOR)


def test_the_list_says_how_far_each_is_and_what_went_wrong(course, author):
    parcels.tell(CourseParcel.objects.filter(form="epub"), 35)
    parcels.fail(CourseParcel.objects.filter(form="scorm"), "unreadable:Votre téléphone")
    page = signed_in(author).get(LIST).content.decode()
    assert "Sécurité" in page
    assert "35 per cent made" in page
    assert "Votre téléphone" in page


def test_an_author_has_one_made_again(course, author):
    row = CourseParcel.objects.get(form="epub")
    parcels.fail([row], "fault:KeyError")
    assert signed_in(author).post(f"{LIST}again/{row.pk}/")["Location"] == LIST
    row.refresh_from_db()
    assert (row.state, row.failure) == (Making.WANTED, "")


def test_looking_changes_nothing(course, author):
    row = CourseParcel.objects.get(form="epub")
    assert signed_in(author).get(f"{LIST}again/{row.pk}/").status_code == 405


def test_another_organisations_packages_are_not_there(course):
    row = CourseParcel.objects.get(form="epub")
    parcels.fail([row], "fault:KeyError")
    organisation = make_organisation()
    learning.course("Fleuves", parent=learning.section(organisation))
    stranger = signed_in(make_member(organisation, Role.EDITOR))
    assert "Sécurité" not in stranger.get(LIST).content.decode()
    assert stranger.post(f"{LIST}again/{row.pk}/").status_code == 404
    row.refresh_from_db()
    assert row.state == Making.FAILED


def test_nothing_is_made_or_deleted_by_hand(course, author):
    client, row = signed_in(author), CourseParcel.objects.first()
    for path in ("new/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        assert client.get(LIST + path).status_code == 404


@pytest.mark.parametrize("courses", [1, 3])
def test_the_list_costs_the_same_queries_at_one_course_and_at_three(author, course, courses, django_assert_num_queries):
    for number in range(1, courses):
        learning.course(f"Cours {number}", parent=course.get_parent(), lessons=1)
    client = signed_in(author)
    client.get(LIST)
    with django_assert_num_queries(14):
        client.get(LIST)


def test_the_moment_of_making_is_told(course, author):
    parcels.make_due(at=clock.now())
    assert "KB" in signed_in(author).get(LIST).content.decode().replace("\xa0", " ").replace("Ko", "KB")
