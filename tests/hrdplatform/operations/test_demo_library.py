"""The demo's library: written whole in four languages, laid once, owned by three organisations."""

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from wagtail.models import Page, ReferenceIndex

from cms.blocks.channels import MATTERS, STAGES
from cms.domain.trees import LANGUAGES
from cms.models import (
    ChannelsPage,
    CoursePage,
    EmergencyContact,
    Entry,
    GuidePage,
    Initiative,
    LessonPage,
    NewsPage,
    SectionPage,
    Term,
    Topic,
    TrainingPage,
)
from cms.packages.epub import epub
from cms.unfinished import pages
from hrdplatform.media.models import PlatformImage
from hrdplatform.operations.demo import drawings, houses, leaflets, library, words
from hrdplatform.operations.demo.cast import HOUSES, OWNERS
from hrdplatform.web import clock
from tests.cms.test_epub import checked
from tests.factories.books import book
from tests.factories.cms import planted
from tests.factories.office import platform_administrator

pytestmark = pytest.mark.django_db

KINDS = {
    CoursePage: 2,
    LessonPage: 9,
    GuidePage: 4,
    TrainingPage: 3,
    NewsPage: 2,
    ChannelsPage: 1,
}


@pytest.fixture
def ground():
    """The organisations and the rows that pages choose from."""
    planted()
    for house in HOUSES:
        houses.lay(house, at=clock.now())
    for kind in words.ROWS:
        words.lay(kind)


def lay(*kinds: str, languages=LANGUAGES) -> None:
    """Lay the pieces of these kinds, or all."""
    for piece in library.pieces():
        if piece.language in languages and (not kinds or piece.kind in kinds):
            library.lay(piece, at=clock.now())


def images(body) -> list:
    return [block.value for block in body if block.block_type == "image"]


def test_every_piece_is_live_in_four_languages_and_each_page_is_a_translation_of_three_others(ground):
    lay()
    for kind, count in KINDS.items():
        for language in LANGUAGES:
            assert kind.objects.live().filter(locale__language_code=language).count() == count
        keys = kind.objects.values_list("translation_key", flat=True).distinct()
        assert keys.count() == count
    assert Entry.objects.count() == 4 * (2 + 9 + 4 + 3 + 2)
    assert not Page.objects.filter(live=True, has_unpublished_changes=True).exists()
    assert list(pages(platform_administrator())) == []  # no translation is missing or out of date
    everything = Page.objects.count()
    lay()
    assert Page.objects.count() == everything


def test_lessons_hold_every_kind_of_block_and_ask_two_questions_or_more_in_each_module(ground):
    lay("courses", languages=("fr",))
    lessons = LessonPage.objects.all()
    used = {block.block_type for lesson in lessons for block in lesson.body}
    assert used == {
        "text", "image", "callout", "steps", "checklist", "accordion", "quote", "term", "trainings", "question",
    }  # fmt: skip
    for course in CoursePage.objects.all():
        for module in course.get_children():
            asked = [block for lesson in lessons.child_of(module) for block in lesson.body]
            assert sum(block.block_type == "question" for block in asked) >= 2
    levels = {
        item["level"]
        for lesson in lessons
        for block in lesson.body
        if block.block_type == "checklist"
        for item in block.value["items"]
    }
    assert levels == {"", "advanced", "expert"}


def test_three_organisations_own_it_and_each_picture_lies_on_the_shelf_of_who_shows_it(ground):
    lay(languages=("fr",))
    lay("guides", languages=("de",))
    owners = set(Entry.objects.values_list("organisation__slug", flat=True))
    assert owners == set(OWNERS.values())
    for page in [*LessonPage.objects.all(), *GuidePage.objects.all()]:
        shelf = SectionPage.objects.ancestor_of(page).get().organisation.name
        for picture in images(page.body):
            assert picture.collection.name == shelf
            assert picture.contextual_alt_text
    per_shelf = PlatformImage.objects.values_list("collection", "file_hash")
    assert len(per_shelf) == len(set(per_shelf)), "the same picture is kept twice"
    assert all(ReferenceIndex.get_references_to(image).exists() for image in PlatformImage.objects.all())


def test_rows_are_complete_in_all_languages_and_laid_once(ground):
    for model, count in ((Topic, 5), (Term, 15), (EmergencyContact, 8), (Initiative, 8)):
        assert model.objects.count() == count
        for row in model.objects.all():
            assert row.unfinished() == {}
    for kind in words.ROWS:
        words.lay(kind)
    assert (Term.objects.count(), Initiative.objects.count()) == (15, 8)
    assert set(EmergencyContact.objects.filter(immediate=True).values_list("telephone", flat=True)) == {"112", "113"}


def test_a_row_with_a_text_missing_is_refused():
    with pytest.raises(ValidationError):
        words.ROWS["topics"]({"slug": "no-name", "name_en": "Only English"})


def test_no_initiative_pretends_to_be_real(ground):
    for initiative in Initiative.objects.all():
        assert initiative.website.endswith(".example.org/") or initiative.email.endswith(".example.org")


def test_every_matter_and_every_stage_leads_to_a_channel_in_every_language(ground):
    lay("channels")
    assert ChannelsPage.objects.count() == len(LANGUAGES)
    for page in ChannelsPage.objects.all():
        channels = [block.value for block in page.channels]
        for matter, _label in MATTERS:
            for stage, _words in STAGES:
                assert any(matter in one["matters"] and stage in one["stages"] for one in channels), (matter, stage)


def test_trainings_begin_on_a_working_day_in_the_future(ground):
    lay("trainings", languages=("lb",))
    for training in TrainingPage.objects.all():
        assert training.starts_at > clock.now()
        assert training.starts_at.weekday() < leaflets.SATURDAY
        assert training.register_by < training.starts_at.date()


def test_drawings_are_the_same_bytes_every_time_and_use_the_two_inks():
    for name in drawings.DRAWN:
        first = drawings.png(name)
        drawings.png.cache_clear()
        assert drawings.png(name) == first
        picture = Image.open(io.BytesIO(first))
        assert picture.size == drawings.SIZE
        colours = {colour for _count, colour in picture.convert("RGB").getcolors(1_000_000)}
        assert {(0x17, 0x46, 0x6B), (0x7A, 0x1C, 0x5B), (0xFF, 0xFF, 0xFF)} <= colours


def test_epubcheck_finds_nothing_in_its_courses(ground, tmp_path):
    lay(languages=["de"])
    for course in CoursePage.objects.live():
        found = checked(epub(book(course)), tmp_path)
        assert found.returncode == 0, found.stdout + found.stderr
