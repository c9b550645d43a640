"""Courses and guides as folders: out and in again, exactly."""

import hashlib
import re
import shutil
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from cms.domain.lifting import export
from cms.domain.sections import collection_of
from cms.models import CoursePage, GuidePage, LessonPage, ModulePage
from hrdplatform.media.models import PlatformDocument, PlatformImage
from hrdplatform.organisations.states import Role
from tests.factories import learning
from tests.factories.cms import picture_bytes
from tests.factories.folders import CANONICAL, GUIDE, findings, folder, taken, writer
from tests.factories.organisations import make_member, make_organisation

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def organisation(db):
    return writer()


@pytest.mark.database
def test_a_course_comes_out_as_it_went_in_byte_for_byte(organisation):
    files = folder()
    page = taken(files, organisation).page
    assert dict(export(page.specific)) == files


def test_an_export_taken_in_elsewhere_says_the_same(organisation):
    page = taken(folder(), organisation).page.specific
    other = make_organisation("Other", slug="other")
    learning.section(other, "en")
    keys = {b"key: 6f1c2a34": b"key: 6f1c2a35", b"key: 0b1f6f2f": b"key: 0b1f6f2e"}
    files = dict(export(page))
    for before, after in keys.items():
        files = {path: content.replace(before, after) for path, content in files.items()}
    again = taken(files, other).page.specific
    assert again.pk != page.pk
    assert dict(export(again)) == files
    assert PlatformImage.objects.count() == 2  # each shelf has its own


def test_what_is_taken_in_is_a_draft_with_its_order_and_its_fields(organisation):
    page = taken(folder(), organisation).page.specific
    lesson = LessonPage.objects.get(slug="your-phone")
    assert not page.live
    assert not lesson.live
    assert lesson.latest_revision is not None
    assert (page.language, page.checked_on, page.topic.slug) == ("en", date(2026, 10, 3), "digital-security")
    assert [module.slug for module in ModulePage.objects.child_of(page).order_by("path")] == ["before", "during"]
    assert (lesson.minutes, lesson.facilitator_notes) == (12, "<p>Bring a phone to pass around.</p>")
    link = f'<a linktype="document" id="{PlatformDocument.objects.get().pk}">'
    assert link in lesson.body.raw_data[0]["value"]


@pytest.mark.database
def test_the_same_folder_again_changes_nothing(organisation):
    page = taken(folder(), organisation).page
    revisions = page.revisions.count()
    report = taken(folder(), organisation)
    assert (report.made, report.changed, report.media) == ([], [], [])
    assert len(report.same) == 6
    assert page.revisions.count() == revisions
    assert PlatformImage.objects.count() == 1


def test_a_changed_lesson_keeps_its_page_and_the_ids_of_its_blocks(organisation):
    taken(folder(), organisation)
    before = LessonPage.objects.get(slug="your-phone")
    text = folder()["01-before/02-your-phone.md"].decode().replace("a choice too", "a good choice")
    report = taken(folder(**{"01-before/02-your-phone.md": text}), organisation)
    after = LessonPage.objects.get(slug="your-phone").get_latest_revision_as_object()
    assert report.changed == ["01-before/02-your-phone.md: Your phone"]
    assert after.pk == before.pk
    assert [block.id for block in after.body] == [block.id for block in before.body]
    assert "a good choice" in str(after.body)


def test_a_live_lesson_stays_as_it_is_until_the_change_is_published(organisation):
    page = taken(folder(), organisation).page.specific
    for part in [page, *page.get_descendants().specific()]:
        part.get_latest_revision().publish()
    text = folder()["01-before/02-your-phone.md"].decode().replace("a choice too", "a good choice")
    taken(folder(**{"01-before/02-your-phone.md": text}), organisation)
    lesson = LessonPage.objects.get(slug="your-phone")
    assert "a choice too" in str(lesson.body)
    assert lesson.has_unpublished_changes


@pytest.mark.database
def test_a_lesson_moves_to_the_place_that_its_number_says(organisation):
    files = folder()
    page = taken(files, organisation).page.specific
    files["01-before/01-your-phone.md"] = files.pop("01-before/02-your-phone.md")
    files["01-before/02-what-is-at-stake.md"] = files.pop("01-before/01-what-is-at-stake.md")
    taken(files, organisation)
    assert dict(export(page)) == files


def test_what_is_not_in_the_folder_is_left_and_said(organisation):
    taken(folder(), organisation)
    files = folder(**{"02-during/01-on-the-way.md": None})
    assert taken(files, organisation).left == ["On the way"]
    assert LessonPage.objects.filter(slug="on-the-way").exists()


def test_a_dry_run_says_what_would_be_made_and_makes_nothing(organisation):
    report = taken(folder(), organisation, dry=True)
    assert len(report.made) == 6
    assert report.media == ["media/card.pdf", "media/phone.png"]
    assert not CoursePage.objects.exists()
    assert not PlatformImage.objects.exists()


def test_a_new_picture_in_an_old_lesson_counts_as_a_change_in_a_dry_run(organisation):
    taken(folder(), organisation)
    files = folder(**{"media/phone.png": picture_bytes(size=(80, 60))})
    assert taken(files, organisation, dry=True).changed == ["01-before/02-your-phone.md: Your phone"]


def test_pictures_pass_the_gate_and_lie_on_the_organisations_shelf(organisation):
    taken(folder(), organisation)
    picture = PlatformImage.objects.get()
    assert picture.collection == collection_of(organisation)
    assert (picture.title, picture.width, picture.height) == ("phone", 64, 48)
    with picture.file.open() as stored:
        assert (picture.file_size, picture.file_hash) == (stored.size, hashlib.sha1(stored.read()).hexdigest())


def test_a_file_that_no_text_uses_is_said_and_not_taken(organisation):
    report = taken(folder(**{"media/old.png": picture_bytes()}), organisation)
    assert report.unused == ["media/old.png"]


def test_links_to_pages_are_by_number_but_not_to_the_drafts_of_others(organisation):
    own = learning.guide("Own", slug="own", parent=learning.section(organisation, "en"), live=False)
    public = learning.guide("Public", slug="public", parent=learning.section(make_organisation(), "en"))
    draft = learning.guide("Draft", slug="draft", parent=learning.section(make_organisation(), "en"), live=False)
    links = " ".join(f"[x]({page.url_path})" for page in (own, public, draft))
    files = folder(**{"introduction.md": f"{links}\n"})
    page = taken(files, organisation).page.specific
    body = page.body.raw_data[0]["value"]
    assert f'<a linktype="page" id="{own.pk}">' in body
    assert f'<a linktype="page" id="{public.pk}">' in body
    assert f'<a href="{draft.url_path}">' in body
    assert dict(export(page)) == files


def test_a_guide_is_one_file_and_comes_out_as_it_went_in(organisation):
    files = {"phone-seized.md": GUIDE.read_bytes()}
    page = taken(files, organisation).page
    assert isinstance(page.specific, GuidePage)
    assert dict(export(page.specific)) == files


def test_an_author_needs_the_right_to_write_there(organisation):
    stranger = make_member(make_organisation(), Role.AUTHOR)
    author = make_member(organisation, Role.AUTHOR)
    assert findings(folder(), organisation, by=stranger) == ["course.yaml:2: You cannot write in this section."]
    assert taken(folder(), organisation, by=author).page.owner is None
    revision = CoursePage.objects.get().latest_revision
    assert revision.user == author


def test_a_short_name_that_is_taken_leads_to_the_key_of_its_page(organisation):
    learning.course("Telephone", slug="phone-safety", parent=learning.section(organisation, "en"))
    found = findings(folder(), organisation)
    assert found[0].startswith("course.yaml:3: “Telephone” has this short name.")
    assert str(CoursePage.objects.get().translation_key) in found[0]


def test_a_key_of_another_organisations_course_is_refused(organisation):
    taken(folder(), organisation)
    other = make_organisation("Other", slug="other")
    learning.section(other, "en")
    assert any(line.startswith("course.yaml:5: Another page has this key.") for line in findings(folder(), other))
    assert CoursePage.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_a_key_of_anybody_elses_page_is_refused_in_every_language(organisation, language):
    files = folder()
    other = make_organisation("Other", slug="other")
    foreign = learning.course("Cours", parent=learning.section(other, language))
    key = re.search(rb"key: (\S+)", files["course.yaml"])[1]
    files["course.yaml"] = files["course.yaml"].replace(key, str(foreign.translation_key).encode())
    assert any("Another page has this key." in line for line in findings(files, organisation))
    assert CoursePage.objects.get() == foreign


def test_a_key_of_another_kind_of_page_is_refused(organisation):
    files = folder()
    training = learning.training(parent=learning.section(organisation, "fr"))
    key = re.search(rb"key: (\S+)", files["course.yaml"])[1]
    files["course.yaml"] = files["course.yaml"].replace(key, str(training.translation_key).encode())
    assert any("Another page has this key." in line for line in findings(files, organisation))


def test_an_own_course_in_another_language_lends_its_key(organisation):
    files = folder()
    key = re.search(rb"key: (\S+)", files["course.yaml"])[1].decode()
    french = learning.course("Cours", parent=learning.section(organisation, "fr"), translation_key=key)
    page = taken(files, organisation).page
    assert page.translation_key == french.translation_key
    assert page.pk != french.pk


def test_two_pages_of_a_folder_with_one_key_are_refused(organisation):
    files = folder()
    key = re.search(rb"key: \S+", files["course.yaml"])[0]
    files = {path: re.sub(rb"key: 0b1f6f2f\S+", key, content) for path, content in files.items()}
    assert any("Two pages of this folder have the same key." in line for line in findings(files, organisation))
    assert not CoursePage.objects.exists()


def test_windows_line_ends_and_a_byte_order_mark_are_no_fault(organisation):
    files = {
        path: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n") if not path.startswith("media/") else content
        for path, content in folder().items()
    }
    page = taken(files, organisation).page.specific
    assert dict(export(page)) == folder()


def test_the_commands_carry_a_course_from_one_folder_to_another(organisation, tmp_path, capsys):
    here, there = tmp_path / "here", tmp_path / "there"
    for path, content in folder().items():
        (here / path).parent.mkdir(parents=True, exist_ok=True)
        (here / path).write_bytes(content)
    call_command("import_course", here, organisation="passerelle", dry_run=True)
    assert "would be made: course.yaml: Your phone at a demonstration" in capsys.readouterr().out
    call_command("import_course", here, organisation="passerelle")
    call_command("export_course", CoursePage.objects.get().pk, there)
    out = {path.relative_to(there).as_posix(): path.read_bytes() for path in there.rglob("*.*")}
    assert out == folder()


def test_the_command_lists_what_is_wrong_and_fails(organisation, tmp_path):
    shutil.copytree(CANONICAL, tmp_path / "broken")
    (tmp_path / "broken" / "extra.md").symlink_to(CANONICAL / "course.yaml")
    with pytest.raises(CommandError, match=r"extra\.md: Links and devices are not taken"):
        call_command("import_course", tmp_path / "broken", organisation="passerelle")
