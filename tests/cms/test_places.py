"""What is public stands below what is public: whichever way a page is published or moved."""

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.domain.schedule import publish_due
from cms.models import CoursePage, LessonPage, ModulePage, StandardPage
from cms.rules import HiddenPlaceError
from hrdplatform.web import clock
from tests.cms.test_four_eyes import again, decide
from tests.cms.test_four_eyes import form as guide_form
from tests.cms.test_translations import begun, translate
from tests.factories.accounts import signed_in
from tests.factories.cms import home, planted, standard_page
from tests.factories.editing import edit, sent
from tests.factories.learning import course, guide, lesson, section
from tests.factories.office import platform_administrator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft_course(own) -> CoursePage:
    return course("Cours caché", parent=section(own), live=False, lessons=1)


def lesson_of(page: CoursePage) -> LessonPage:
    return LessonPage.objects.descendant_of(page).get()


def test_a_lesson_is_not_approved_before_its_course_is_public(draft_course, author, editor):
    page = lesson_of(draft_course)
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    answer = decide(page, editor, "approve", fields=sent(page))
    assert "Premier module" in answer.content.decode()
    assert not again(page).live
    assert again(page).current_workflow_state is not None
    for above in (draft_course, ModulePage.objects.child_of(draft_course).get()):
        above.save_revision().publish()
    decide(page, editor, "approve", fields=sent(page))
    assert again(page).live


def test_a_course_and_its_lesson_go_live_in_the_same_minute_whichever_was_dated_first(draft_course):
    moment = clock.now() + timedelta(minutes=10)
    for page in (lesson_of(draft_course), ModulePage.objects.child_of(draft_course).get(), draft_course):
        page.go_live_at = moment
        page.save_revision().publish()
        assert not again(page).live
    Page.objects.filter(path__startswith=draft_course.path).update(go_live_at=None)
    for page in Page.objects.descendant_of(draft_course, inclusive=True):
        revision = page.get_latest_revision()
        revision.content["go_live_at"] = None
        revision.save()
    assert publish_due(at=moment) == 3
    assert again(lesson_of(draft_course)).live


def test_a_lesson_whose_day_comes_before_its_courses_stays_a_draft(draft_course):
    page = lesson_of(draft_course)
    revision = page.save_revision()
    revision.approved_go_live_at = clock.now()
    revision.save()
    assert publish_due(at=clock.now()) == 0
    assert not again(page).live


def test_what_is_public_does_not_move_below_what_is_not(own, draft_course, editor):
    page = guide(parent=section(own))
    lone = lesson("Leçon publique", parent=ModulePage.objects.child_of(course(parent=section(own))).get())
    hidden = ModulePage.objects.child_of(draft_course).get()
    with pytest.raises(HiddenPlaceError):
        lone.move(hidden, pos="last-child", user=editor)
    address = reverse("wagtailadmin_pages:move_confirm", args=[lone.pk, hidden.pk])
    answer = signed_in(editor).post(address, follow=True)
    assert "Premier module" in answer.content.decode()
    assert again(lone).get_parent().pk != hidden.pk
    page.move(section(own), pos="first-child", user=editor)
    assert again(page).live


def test_a_draft_moves_below_a_draft(own, draft_course, editor):
    other = course("Autre", slug="autre", parent=section(own))
    page = lesson("Brouillon", parent=ModulePage.objects.child_of(other).get(), live=False)
    hidden = ModulePage.objects.child_of(draft_course).get()
    page.move(hidden, pos="last-child", user=editor)
    assert again(page).get_parent().pk == hidden.pk


def test_a_new_page_below_a_hidden_one_is_saved_as_a_draft(own):
    planted()
    hidden = standard_page("Caché", live=False)
    address = reverse("wagtailadmin_pages:add", args=["cms", "standardpage", hidden.pk])
    form = guide_form(hidden, title="Neuf", slug="neuf", **{"action-publish": "1"})
    answer = signed_in(platform_administrator()).post(address, form, follow=True)
    assert "Caché" in answer.content.decode()
    assert not StandardPage.objects.get(slug="neuf").live


def test_a_translation_is_not_published_below_a_draft(own):
    planted()
    administrator = platform_administrator()
    above = standard_page("Droits", parent=home("fr"))
    _translation, above_draft = begun(above)
    below = standard_page("Police", parent=above)
    translation, draft = begun(below)
    assert draft.get_parent().pk == above_draft.pk
    translate(translation)
    answer = signed_in(administrator).post(edit(draft), {"action": "publish"}, follow=True)
    assert "Droits" in answer.content.decode()
    assert not again(draft).live
    with pytest.raises(HiddenPlaceError):
        translation.save_target(user=administrator, publish=True)
    assert not again(draft).live
