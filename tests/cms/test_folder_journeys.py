"""Courses made in the office, carried in folders to another organisation and out again."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image

from cms.domain.lifting import export
from cms.domain.sections import collection_of
from cms.models import CoursePage, GuidePage, LessonPage, ModulePage
from hrdplatform.media.models import PlatformImage, PlatformVideo
from tests.factories import learning
from tests.factories.cms import document, image, picture_bytes, planted, stored
from tests.factories.folders import findings, folder, taken, writer
from tests.factories.library import every_block, library
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LESSON = "01-before/02-your-phone.md"
FILM = "```video\ntitle: Locking a phone\n```\n"


def film(organisation, title: str = "Locking a phone") -> PlatformVideo:
    return PlatformVideo.objects.create(
        title=title,
        address="https://video.example/1",
        language="en",
        transcript="Press twice.",
        collection=collection_of(organisation),
    )


def shows(*films: str) -> dict[str, bytes]:
    """The canonical course, with films at the end of its second lesson."""
    return folder(**{LESSON: folder()[LESSON].decode() + "".join(f"\n{FILM}" for _film in films)})


def shown() -> list[int]:
    page = LessonPage.objects.get(slug="your-phone").get_latest_revision_as_object()
    return [block.value["video"].pk for block in page.body if block.block_type == "video"]


@pytest.mark.database
def test_a_course_of_the_office_with_every_block_comes_out_elsewhere_as_it_went_in():
    planted()
    made = library("en")
    photograph = PlatformImage.objects.create(
        title="Market", file=ContentFile(picture_bytes("JPEG", size=(640, 480)), "market.jpg")
    )
    decorative = {"type": "image", "value": {"image": image("Wave").pk, "decorative": True, "alt_text": "left over"}}
    jpeg = {"type": "image", "value": {"image": photograph.pk, "decorative": False, "alt_text": "A market"}}
    key = document("Two words").pk
    link = f'<p>See <a linktype="document" id="{key}">it</a>.</p><p>And <i>this</i>:<br/>a line.</p>'
    whole = [
        *every_block(),
        decorative,
        {"type": "text", "value": link},
        jpeg,
        {"type": "text", "value": "<p>End.</p>"},
    ]
    for page, body in ((made.lessons[-1], whole), (made.course, every_block()[:-2])):
        page.body = stored(body, type(page))
        page.facilitator_notes = "<h3>Before</h3><ul><li>Bring <b>a phone</b>.</li></ul>"
        page.save_revision().publish()
    files = dict(export(made.course))
    made.course.delete()
    other = make_organisation("Refuge", slug="refuge")
    learning.section(other, "en")
    for title in set(PlatformVideo.objects.values_list("title", flat=True)):
        film(other, title)
    again = dict(export(taken(files, other).page.specific))
    assert list(again) == list(files)
    rewritten = [path for path in files if files[path] != again[path]]
    assert rewritten in ([], ["media/Market.jpg"])
    assert Image.open(io.BytesIO(again["media/Market.jpg"])).size == (640, 480)
    lesson = LessonPage.objects.get(slug="everything", path__startswith=learning.section(other, "en").path)
    assert [block.block_type for block in lesson.body] == [block["type"] for block in whole]
    assert [block.value.decorative for block in lesson.body if block.block_type == "image"] == [False, True, False]


def test_of_two_films_with_one_name_a_new_page_is_told_that_it_is_not_clear():
    owner = writer()
    film(owner), film(owner)
    line = 1 + len(folder()[LESSON].decode().split("\n")) + 1
    said = "Several videos are called “Locking a phone”. Give the one that is meant a title of its own."
    assert findings(shows("one"), owner) == [f"{LESSON}:{line}: {said}"]
    assert not CoursePage.objects.exists()


def test_a_page_keeps_the_films_that_it_shows_whatever_others_are_called():
    owner = writer()
    mine = film(owner)
    taken(shows("one"), owner)
    film(owner)
    changed = {path: content.replace(b"a choice too", b"a good choice") for path, content in shows("one").items()}
    taken(changed, owner)
    assert shown() == [mine.pk]
    assert "a good choice" in str(LessonPage.objects.get(slug="your-phone").get_latest_revision_as_object().body)
    assert len(findings(shows("one", "another"), owner)) == 2


def test_a_film_of_another_shelf_that_the_house_placed_goes_out_and_in_again():
    owner = writer()
    mine = film(owner)
    taken(shows("one", "two"), owner)
    theirs = film(make_organisation("House"), "Theirs")
    lesson = LessonPage.objects.get(slug="your-phone")
    raw = [dict(block) for block in lesson.body.raw_data]
    raw[-1]["value"] = {"video": theirs.pk}
    lesson.body = raw
    lesson.save_revision()
    files = dict(export(CoursePage.objects.get()))
    assert b"title: Theirs" in files[LESSON]
    files[LESSON] = files[LESSON].replace(b"a choice too", b"a good choice")
    taken(files, owner)
    assert shown() == [mine.pk, theirs.pk]
    assert dict(export(CoursePage.objects.get())) == files
    moved = files[LESSON].replace(b"title: Locking a phone", b"title: Theirs")
    taken({**files, LESSON: moved + f"\n{FILM}".encode()}, owner)
    assert shown() == [theirs.pk, theirs.pk, mine.pk]


def test_a_film_of_another_shelf_is_not_known_to_other_pages():
    owner = writer()
    film(make_organisation("House"))
    assert any("“Locking a phone” is not known. Known are: -." in line for line in findings(shows("one"), owner))


def test_names_of_any_length_go_out_as_what_comes_in_again(tmp_path):
    owner = writer()
    long = "wörter-" * 36
    files = folder()
    page = taken(files, owner).page
    ModulePage.objects.filter(slug="before").update(slug=long[:255])
    LessonPage.objects.filter(slug="your-phone").update(slug=f"x{long}"[:255])
    PlatformImage.objects.update(title=f"Ein Bild {long}"[:255])
    for part in page.get_descendants().specific():
        part.save_revision()
    out = dict(export(page.specific))
    assert max(map(len, out)) <= 200
    call_command("export_course", page.pk, tmp_path / "out", verbosity=0)
    report = taken(out, owner)
    assert (report.made, report.changed, report.left) == ([], [], [])
    page.specific.delete()
    again = taken(out, owner).page.specific
    assert LessonPage.objects.filter(slug=f"x{long}"[:255]).exists()
    assert dict(export(again)) == out


def test_a_guide_with_the_longest_short_name_goes_out_as_what_comes_in_again():
    owner = writer()
    page = learning.guide("Long", slug="long-" * 51, parent=learning.section(owner, "en"))
    out = dict(export(page))
    page.delete()
    again = taken(out, owner).page.specific
    assert GuidePage.objects.get().slug == "long-" * 51
    assert dict(export(again)) == out
