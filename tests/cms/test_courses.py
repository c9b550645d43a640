from datetime import date

import pytest
from django.test import Client

from cms.courses import known_courses, outline_of
from cms.models import LessonPage, ModulePage
from tests.factories.cms import planted, stored
from tests.factories.learning import course, lesson, section
from tests.factories.library import CHECKLIST, QUESTION, TEXT
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


def standing(**fields):
    """A course in English of two modules: two lessons and one."""
    planted()
    owner = make_organisation("Passerelle", slug="passerelle")
    made = course("Téléphone", parent=section(owner, language="en"), **fields)
    second = ModulePage(title="Deuxième module", locale=made.locale)
    made.add_child(instance=second)
    second.save_revision().publish()
    body = stored([TEXT, CHECKLIST, QUESTION], LessonPage)
    lesson("Leçon 3", parent=second, minutes=5, body=body, facilitator_notes="<p>Un anneau.</p>")
    return made


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_outline_of_a_course_is_one_query_and_leaves_drafts_out(django_assert_num_queries):
    made = standing()
    lesson("Brouillon", parent=ModulePage.objects.get(title="Deuxième module"), live=False)
    with django_assert_num_queries(1):
        outline = outline_of(made)
    assert [[lesson.title for lesson in part.lessons] for part in outline.parts] == [
        ["Leçon 1", "Leçon 2"],
        ["Leçon 3"],
    ]
    assert outline.minutes == 25
    assert [part.first for part in outline.parts] == [1, 3]


def test_a_module_that_is_a_draft_takes_its_lessons_along():
    made = standing()
    ModulePage.objects.get(title="Premier module").unpublish()
    assert [lesson.title for lesson in outline_of(made).lessons] == ["Leçon 3"]


def test_a_lesson_knows_what_comes_before_and_after():
    outline = outline_of(standing())
    middle = outline.place(outline.lessons[1].pk)
    assert (middle.number, middle.among) == (2, 3)
    assert (middle.before.title, middle.after.title) == ("Leçon 1", "Leçon 3")
    assert outline.place(outline.lessons[0].pk).before is None
    assert outline.place(outline.lessons[2].pk).after is None
    assert outline.place(0) is None


def test_a_course_shows_its_objectives_lessons_minutes_and_who_wrote_it(client: Client):
    made = standing(
        objectives="choisir\nverrouiller", prerequisites="un téléphone", level="beginner", contributors="Jeanne W."
    )
    shown = page(client, made.url_path)
    for words in ("<li>choisir</li>", "<li>un téléphone</li>", "25 minutes", "Jeanne W.", "Deuxième module"):
        assert words in shown
    assert f'href="/en/learn/certificate/{made.pk}/"' in shown
    assert '<ol class="lessons" start="3">' in shown
    assert shown.index("<span>Begin: Leçon 1</span>") < shown.index("<dt>Level</dt>")
    assert "/en/learn/passerelle/" in shown
    assert '<script src="/static/cms/learning.js" defer>' in shown


def test_a_lesson_shows_its_place_its_course_and_its_blocks(client: Client):
    made = standing(checked_on=date(2026, 10, 3), review_by=date(2100, 4, 3), level="expert")
    last = outline_of(made).lessons[-1]
    shown = page(client, last.address)
    for words in (
        "3 of 3",
        "5 minutes",
        '<li data-tick="',
        '<span class="tag">Advanced</span>',
        "<summary>Nobody can press it out of your hand</summary>",
        "Un anneau.",
        'rel="prev"',
        'aria-current="page">Leçon 3</a>',
    ):
        assert words in shown, words
    assert 'rel="next"' not in shown
    assert shown.index("3 of 3") < shown.index("Un anneau.") < shown.index("<dt>Licence</dt>")
    assert '<ol class="lessons" start="3">' in shown


def test_known_courses_are_those_of_the_language_with_the_keys_of_their_lessons(django_assert_num_queries):
    standing()
    with django_assert_num_queries(2):
        found = known_courses("en")
    assert [(course.title, course.total) for course in found] == [("Téléphone", 3)]
    assert known_courses("de") == []
