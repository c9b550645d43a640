"""Courses as folders in the office: looked at, taken in, taken out, by who may."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.domain import arrivals, readings
from cms.domain.lifting import export
from cms.models import CoursePage, GuidePage, SentFolder
from cms.states import Arrival
from hrdplatform.notices import turns
from hrdplatform.organisations.domain.roles import take_role
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock
from hrdplatform.worker import DUE
from tests.factories import learning
from tests.factories.accounts import signed_in
from tests.factories.folders import GUIDE, folder, packed, taken, writer
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_member, make_organisation, membership_of

pytestmark = pytest.mark.django_db

IMPORT = "/office/courses/import/"
WORK = next(due for due in DUE if due.name == arrivals.WORK)


@pytest.fixture
def organisation():
    return writer()


@pytest.fixture
def author(organisation):
    return make_member(organisation, Role.AUTHOR)


def read() -> None:
    """The worker's turns, until nothing is to be read."""
    while readings.pending(clock.now()):
        assert turns.do(WORK, at=clock.now(), woken=True) is not None


def send(client, organisation, file, do: str = "look"):
    """Sends a folder in, has it read, and answers its page."""
    answer = client.post(IMPORT, {"organisation": organisation.pk, "folder": file, "do": do})
    assert answer.status_code == 302
    read()
    return client.get(answer["Location"])


def test_an_author_looks_first_and_nothing_is_changed(organisation, author):
    page = send(signed_in(author), organisation, packed(folder())).content.decode()
    assert "course.yaml: Your phone at a demonstration" in page
    assert "media/phone.png" in page
    assert not CoursePage.objects.exists()


def test_what_was_looked_at_is_taken_in_without_choosing_the_file_again(organisation, author):
    client = signed_in(author)
    looked = send(client, organisation, packed(folder())).request["PATH_INFO"]
    answer = client.post(f"{looked}take/")
    assert answer["Location"] == looked
    read()
    course = CoursePage.objects.get()
    page = client.get(looked).content.decode()
    assert "6 pages were made or changed." in page
    assert reverse("wagtailadmin_explore", args=[course.pk]) in page
    assert dict(export(course)) == folder()


def test_an_author_takes_a_course_in_as_a_draft_of_the_own_section(organisation, author):
    page = send(signed_in(author), organisation, packed(folder()), "take").content.decode()
    course = CoursePage.objects.get()
    assert reverse("wagtailadmin_explore", args=[course.pk]) in page
    assert not course.live
    assert course.latest_revision.user == author


def test_a_guide_is_taken_in_as_the_one_file_that_it_is(organisation, author):
    guide = SimpleUploadedFile("phone-seized.md", GUIDE.read_bytes(), "text/markdown")
    page = send(signed_in(author), organisation, guide, "take").content.decode()
    assert reverse("wagtailadmin_explore", args=[GuidePage.objects.get().pk]) in page


def test_what_is_wrong_is_listed_with_file_and_line(organisation, author):
    files = folder(**{"01-before/module.yaml": "title: Before\nled: Ten minutes\n"})
    page = send(signed_in(author), organisation, packed(files), "take").content.decode()
    assert "<code>01-before/module.yaml</code></td><td>2</td>" in page
    assert "“led”" in page
    assert not CoursePage.objects.exists()


def test_what_is_no_folder_at_all_is_said_too(organisation, author):
    page = send(signed_in(author), organisation, SimpleUploadedFile("course.zip", b"PK nonsense")).content.decode()
    assert "This is not a zip file that we can read." in page


def test_while_it_is_read_the_page_says_how_far_comes_anew_and_can_be_kept_still(organisation, author):
    client = signed_in(author)
    address = client.post(IMPORT, {"organisation": organisation.pk, "folder": packed(folder())})["Location"]
    assert "Waiting to be read" in client.get(address).content.decode()
    SentFolder.objects.update(done=40)
    moving, still = client.get(address), client.get(f"{address}?still=1")
    assert moving["Refresh"] == "2"
    assert '<progress max="100" value="40"' in moving.content.decode()
    assert "40 per cent read" in still.content.decode()
    assert "Refresh" not in still
    read()
    assert "Refresh" not in client.get(address)


def test_what_stays_as_it_is_is_said_of_a_look_and_of_what_was_taken(organisation, author):
    taken(folder(), organisation)
    files = folder(**{"02-during/01-on-the-way.md": None})
    client = signed_in(author)
    looked, done = (send(client, organisation, packed(files), do).content.decode() for do in ("look", "take"))
    assert "Not in the folder, stays as it is: On the way" in looked
    assert "Stays as it is: On the way" in done
    assert "5 pages stay the same" in done
    assert "0 pages were made or changed." in done


def test_its_sender_stops_it_and_nothing_is_left_of_it(organisation, author):
    client = signed_in(author)
    address = client.post(IMPORT, {"organisation": organisation.pk, "folder": packed(folder()), "do": "take"})[
        "Location"
    ]
    assert client.post(f"{address}stop/")["Location"] == address
    assert not readings.pending(clock.now())
    assert "Stopped, nothing was changed" in client.get(address).content.decode()
    assert not CoursePage.objects.exists()
    assert not default_storage.exists(arrivals.file_of(SentFolder.objects.get()))


def test_who_comes_back_finds_what_was_packed(organisation, author):
    client = signed_in(author)
    address = send(client, organisation, packed(folder())).request["PATH_INFO"]
    page = client.get(IMPORT).content.decode()
    assert f'href="{address}"' in page
    assert "Nothing is wrong, nothing is changed yet" in page


def test_nobody_else_sees_what_somebody_sent_nor_she_who_lost_the_right(organisation, author):
    client = signed_in(author)
    address = send(client, organisation, packed(folder())).request["PATH_INFO"]
    others = [make_member(organisation, Role.EDITOR), platform_administrator()]
    others.append(make_member(make_organisation(), Role.AUTHOR))
    for other in map(signed_in, others):
        assert other.get(address).status_code == 404
        assert other.post(f"{address}take/").status_code == 404
        assert other.post(f"{address}stop/").status_code == 404
        assert address not in other.get(IMPORT).content.decode()
    make_member(make_organisation("Elsewhere"), Role.AUTHOR, author)
    take_role(membership_of(author, organisation), by=others[1], at=clock.now())
    assert signed_in(author).get(address).status_code == 404
    assert SentFolder.objects.get().state == Arrival.LOOKED


def test_taking_and_stopping_are_asked_for_never_looked_at(organisation, author):
    client = signed_in(author)
    address = send(client, organisation, packed(folder())).request["PATH_INFO"]
    assert {client.get(f"{address}{verb}/").status_code for verb in ("take", "stop")} == {405}
    assert client.post(address).status_code == 405


def test_of_many_folders_that_nobody_ended_no_more_are_kept(organisation, author):
    client = signed_in(author)
    for _folder in range(arrivals.MOST_KEPT):
        assert client.post(IMPORT, {"organisation": organisation.pk, "folder": packed(folder())}).status_code == 302
    answer = client.post(IMPORT, {"organisation": organisation.pk, "folder": packed(folder())})
    assert "5 folders of yours lie here already." in answer.content.decode()
    assert SentFolder.objects.count() == arrivals.MOST_KEPT


@pytest.mark.parametrize("folders", [1, 3])
def test_the_page_costs_the_same_queries_at_one_folder_and_at_three(
    organisation, author, folders, django_assert_num_queries
):
    client = signed_in(author)
    for _folder in range(folders):
        client.post(IMPORT, {"organisation": organisation.pk, "folder": packed(folder())})
    client.get(IMPORT)
    with django_assert_num_queries(17):
        client.get(IMPORT)


def test_another_organisations_section_is_no_choice(organisation):
    stranger = make_member(make_organisation("Fougère"), Role.AUTHOR)
    client = signed_in(stranger)
    assert str(organisation.name) not in client.get(IMPORT).content.decode()
    answer = client.post(IMPORT, {"organisation": organisation.pk, "folder": packed(folder()), "do": "take"})
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
