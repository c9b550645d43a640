"""What teaches is translated whole: course, module, lesson and channels, with every block that they may hold."""

import html
import re

import pytest
from django.test import Client

from cms.models import CoursePage
from tests.cms.test_translations import begun, edit_address, translate
from tests.factories.accounts import signed_in
from tests.factories.cms import planted, stored
from tests.factories.library import CHANNELS, every_block, library
from tests.factories.office import platform_administrator

pytestmark = pytest.mark.django_db(transaction=True)

SHOWN_ELSEWHERE = ("slug", "search_description", "seo_title")
"""What a page has and does not show in its text."""


@pytest.fixture
def made():
    planted()
    return library("en")


def published(page):
    """The German version of `page`, with every text translated; what stands above has to be public before."""
    translation, draft = begun(page)
    translate(translation)
    translation.save_target(publish=True)
    draft.refresh_from_db()
    assert draft.live
    return translation, draft


def words(markup: str) -> str:
    """What one reads, without marks and line breaks."""
    return " ".join(html.unescape(re.sub("<[^>]*>", "", markup)).split())


def missing(translation, shown: str) -> list[str]:
    """Texts of the source whose German words are not on the page."""
    segments = translation.source.stringsegment_set.select_related("context", "string")
    paths = {segment.context.path: f"DE {segment.string.data}" for segment in segments}
    seen = {words(part) for part in [shown, *re.findall(r'(?:alt|content)="([^"]*)"', shown)]}
    return [
        path
        for path, text in paths.items()
        if path not in SHOWN_ELSEWHERE and not any(words(text) in part for part in seen)
    ]


def read(page) -> str:
    answer = Client().get(page.url_path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_course_goes_live_in_another_language_with_every_block_of_every_lesson(made):
    CoursePage.objects.filter(pk=made.course.pk).update(body=stored(every_block()[:-2], CoursePage))
    made.course.refresh_from_db()
    made.course.save_revision().publish()
    translation, course = published(made.course)
    assert missing(translation, read(course)) == []
    for words_of_it in ("DE decide what to take along", "DE a telephone", "DE Bring a telephone."):
        assert words_of_it in words(read(course))
    translation, module = published(made.lessons[-1].get_parent().specific)
    assert missing(translation, read(module)) == []
    translation, lesson = published(made.lessons[-1])
    shown = read(lesson)
    assert missing(translation, shown) == []
    assert len(lesson.body) == len(made.lessons[-1].body) == len(every_block())
    assert [block.block_type for block in lesson.body] == [block.block_type for block in made.lessons[-1].body]
    assert 'data-question="one"' in shown
    assert '<details class="more" data-answer="right"><summary>DE Nobody can press it' in shown
    assert (lesson.minutes, course.level, course.audience) == (12, "beginner", "defenders")
    assert course.topic == made.course.topic


def test_notes_for_facilitators_are_translated_with_their_lesson(made):
    lesson = made.lessons[0]
    lesson.facilitator_notes = "<p>Bring <b>a phone</b>.</p><ul><li>Charge it.</li></ul>"
    lesson.save_revision().publish()
    published(made.course)
    published(made.module)
    translation, german = published(lesson)
    assert german.facilitator_notes.count("DE ") == 2
    assert missing(translation, read(german)) == []


def test_the_guide_to_channels_goes_live_in_another_language_with_its_introduction(made):
    made.channels.introduction = stored(every_block()[:-2])
    made.channels.save_revision().publish()
    translation, channels = published(made.channels)
    shown = read(channels)
    assert missing(translation, shown) == []
    assert "DE It gives no legal advice." in words(shown)
    assert [block.value["matters"] for block in channels.channels] == [one["value"]["matters"] for one in CHANNELS]
    assert 'href="https://office.example/"' in shown


@pytest.mark.parametrize("which", ["course", "module", "lesson", "channels"])
def test_the_translation_editor_opens_with_every_block_that_teaches(made, which):
    pages = {"course": made.course, "module": made.lessons[-1].get_parent().specific, "lesson": made.lessons[-1]}
    if which == "channels":
        _, draft = begun(made.channels)
    else:
        for page in pages.values():
            _, draft = begun(page)
            if page is pages[which]:
                break
    assert signed_in(platform_administrator()).get(edit_address(draft)).status_code == 200
