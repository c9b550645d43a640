"""A form says something else when somebody wrote something, not when the editor put its own keys and marks."""

import pytest

from tests.factories.cms import planted
from tests.factories.editing import sent
from tests.factories.library import library

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    planted()
    return library("en").lessons[-1]


def changed(lesson, **changes) -> list[str]:
    kind = type(lesson).get_edit_handler().get_form_class()
    return kind(sent(lesson, **changes), instance=lesson, for_user=None).changed_data


def test_a_form_that_is_sent_back_as_it_was_shown_says_the_same(lesson):
    assert changed(lesson) == []


def test_neither_the_ends_of_lines_nor_an_empty_paragraph_say_anything(lesson):
    lesson.lead = "One.\nTwo."
    assert changed(lesson, lead="One.\r\nTwo.") == []
    lesson.facilitator_notes = '<p data-block-key="a1b2c"></p>'
    assert changed(lesson, facilitator_notes="null") == []


def fields(lesson, ending: str) -> list[str]:
    return [name for name in sent(lesson) if name.startswith("body-") and name.endswith(ending)]


@pytest.mark.parametrize("ending", ["-text", "-title", "-alt_text", "-caption", "-most", "-question"])
def test_every_word_of_a_block_counts(lesson, ending):
    before = sent(lesson)
    for name in fields(lesson, ending):
        written = before[name]
        anew = written.replace("e", "E", 1) if "e" in written else "7"
        if '"blocks"' not in written:
            assert changed(lesson, **{name: anew}) == ["body"], name


def test_a_word_in_rich_text_a_block_less_and_another_order_count(lesson):
    before = sent(lesson)
    for name in (name for name, value in before.items() if name.startswith("body-") and '"blocks"' in str(value)):
        words = before[name].replace('"text": "', '"text": "Anew ', 1)
        assert changed(lesson, **{name: words}) == ["body"], name
    assert changed(lesson, **{"body-0-deleted": "1"}) == ["body"]
    assert changed(lesson, **{"body-0-order": "1", "body-1-order": "0"}) == ["body"]
