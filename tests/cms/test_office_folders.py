"""Courses as folders in the office: looked at, taken in, taken out, by who may."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.models import CoursePage, GuidePage
from hrdplatform.organisations.states import Role
from tests.factories import learning
from tests.factories.accounts import signed_in
from tests.factories.folders import GUIDE, folder, taken, writer
from tests.factories.organisations import make_member, make_organisation

pytestmark = pytest.mark.django_db

IMPORT = "/office/courses/import/"


def sent(files: dict[str, bytes]) -> SimpleUploadedFile:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return SimpleUploadedFile("course.zip", stream.getvalue(), "application/zip")


@pytest.fixture
def organisation():
    return writer()


@pytest.fixture
def author(organisation):
    return make_member(organisation, Role.AUTHOR)


def test_an_author_looks_first_and_nothing_is_changed(organisation, author):
    answer = signed_in(author).post(IMPORT, {"organisation": organisation.pk, "folder": sent(folder()), "do": "look"})
    page = answer.content.decode()
    assert "course.yaml: Your phone at a demonstration" in page
    assert "media/phone.png" in page
    assert not CoursePage.objects.exists()


def test_an_author_takes_a_course_in_as_a_draft_of_the_own_section(organisation, author):
    answer = signed_in(author).post(IMPORT, {"organisation": organisation.pk, "folder": sent(folder()), "do": "take"})
    course = CoursePage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_explore", args=[course.pk])
    assert not course.live
    assert course.latest_revision.user == author


def test_a_guide_is_taken_in_as_the_one_file_that_it_is(organisation, author):
    guide = SimpleUploadedFile("phone-seized.md", GUIDE.read_bytes(), "text/markdown")
    answer = signed_in(author).post(IMPORT, {"organisation": organisation.pk, "folder": guide, "do": "take"})
    assert answer["Location"] == reverse("wagtailadmin_explore", args=[GuidePage.objects.get().pk])


def test_what_is_wrong_is_listed_with_file_and_line(organisation, author):
    files = folder(**{"01-before/module.yaml": "title: Before\nled: Ten minutes\n"})
    answer = signed_in(author).post(IMPORT, {"organisation": organisation.pk, "folder": sent(files), "do": "take"})
    page = answer.content.decode()
    assert "<code>01-before/module.yaml</code></td><td>2</td>" in page
    assert "“led”" in page
    assert not CoursePage.objects.exists()


def test_another_organisations_section_is_no_choice(organisation):
    stranger = make_member(make_organisation("Fougère"), Role.AUTHOR)
    client = signed_in(stranger)
    assert str(organisation.name) not in client.get(IMPORT).content.decode()
    answer = client.post(IMPORT, {"organisation": organisation.pk, "folder": sent(folder()), "do": "take"})
    assert answer.status_code == 200
    assert not CoursePage.objects.exists()


def test_who_writes_nowhere_does_not_come_in(organisation):
    official = make_member(organisation, Role.OFFICIAL)
    assert signed_in(official).get(IMPORT).status_code == 302


def test_a_course_is_taken_out_as_it_was_sent_in(organisation, author):
    page = taken(folder(), organisation).page
    answer = signed_in(author).get(f"/office/courses/{page.pk}/export/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == folder()
    assert answer["Content-Disposition"] == 'attachment; filename="phone-safety.zip"'


def test_nobody_takes_out_what_is_not_theirs_to_change(organisation):
    page = taken(folder(), organisation).page
    stranger = make_member(make_organisation(), Role.EDITOR)
    assert signed_in(stranger).get(f"/office/courses/{page.pk}/export/").status_code == 404
    assert signed_in(stranger).get(f"/office/courses/{page.get_parent().pk}/export/").status_code == 404


def test_the_explorer_offers_the_way_out(organisation, author):
    page = taken(folder(), organisation).page
    assert f"/office/courses/{page.pk}/export/" in signed_in(author).get(f"/office/pages/{page.pk}/").content.decode()
    section = learning.section(organisation, "en")
    assert "/export/" not in signed_in(author).get(f"/office/pages/{section.pk}/").content.decode()
