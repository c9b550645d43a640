"""The list of translations to look after: out of date however they were made, and in every language that is begun."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.models import GuidePage, LessonPage
from cms.unfinished import pages, to_publish
from hrdplatform.organisations.states import Role
from hrdplatform.web.texts import State
from tests.cms import test_four_eyes as four_eyes
from tests.cms.test_seen_words import type_text
from tests.cms.test_translations import begun, translate
from tests.factories.accounts import signed_in
from tests.factories.cms import planted
from tests.factories.editing import edit, texts_shown
from tests.factories.folders import folder, taken, writer
from tests.factories.learning import course, guide, section
from tests.factories.organisations import make_member

pytestmark = pytest.mark.django_db(transaction=True)


def states(user, language: str, state: State | None = None) -> set[str]:
    """The titles that the list has in one language."""
    return {row.title for row in pages(user) if row.language == language and state in {None, row.state}}


def details(user, language: str) -> list[str]:
    return [row.detail for row in pages(user) if row.language == language and row.detail]


def changed(page: Page, **fields) -> Page:
    """Goes live with other words."""
    page = Page.objects.get(pk=page.pk).specific
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def twin(page: GuidePage, language: str = "de") -> GuidePage:
    """The same guide in another language, written there and not translated in the office."""
    there = section(page.get_parent().specific.organisation, language)
    return guide(page.title, parent=there, translation_key=page.translation_key)


def in_french(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, "course.yaml": files["course.yaml"].replace(b"language: en", b"language: fr")}


def publish(top: Page) -> None:
    """The newest words of a page and of everything below it, from the top."""
    for page in top.get_descendants(inclusive=True).select_related("latest_revision"):
        page.latest_revision.publish()


# out of date


def test_a_translation_that_was_never_begun_in_the_office_goes_out_of_date_with_its_source(own, author):
    page = guide("Saisie", parent=section(own))
    german = twin(page)
    assert states(author, "de") == set()
    changed(page, lead="Neu.")
    assert states(author, "de", State.OUTDATED) == {"Saisie"}
    changed(german, lead="Neu.")
    assert states(author, "de") == set()


def test_a_draft_of_the_source_puts_no_translation_out_of_date(own, author):
    page = guide("Saisie", parent=section(own))
    twin(page)
    page.lead = "Pas encore."
    page.save_revision()
    assert states(author, "de") == set()


def test_what_is_taken_off_and_published_again_with_the_same_words_puts_nothing_out_of_date(own, author):
    page = guide("Saisie", parent=section(own))
    twin(page)
    page.unpublish()
    page.get_latest_revision().publish()
    assert states(author, "de") == set()


def test_a_translation_that_was_stopped_goes_out_of_date_too(own, author):
    page = guide("Saisie", parent=section(own))
    translation, _draft = begun(page)
    translate(translation)
    translation.save_target(publish=True)
    translation.enabled = False
    translation.save()
    changed(page, lead="Neu.")
    assert states(author, "de", State.OUTDATED) == {"Saisie"}


@pytest.mark.database
@pytest.mark.parametrize("first", ["en", "fr"])
def test_courses_taken_in_together_are_up_to_date_whichever_goes_live_first(first):
    own = writer()
    section(own, "fr")
    english, french = taken(folder(), own).page, taken(in_french(folder()), own).page
    for page in [english, french] if first == "en" else [french, english]:
        publish(page)
    author = make_member(own, Role.AUTHOR)
    assert states(author, "fr") == set()
    assert states(author, "de", State.MISSING) >= {english.title}


def test_a_course_taken_in_anew_in_one_language_puts_out_of_date_what_changed_once_it_is_public():
    own = writer()
    section(own, "fr")
    english, french = taken(folder(), own).page, taken(in_french(folder()), own).page
    publish(english)
    publish(french)
    author = make_member(own, Role.AUTHOR)
    path = "01-before/02-your-phone.md"
    files = folder()
    files[path] = files[path].replace(b"minutes: 12", b"minutes: 14")
    assert len(taken(files, own).changed) == 1
    assert states(author, "fr") == set()
    lesson = LessonPage.objects.get(slug="your-phone", locale=english.locale)
    lesson.get_latest_revision().publish()
    assert states(author, "fr", State.OUTDATED) == {lesson.title}
    taken(in_french(files), own)
    publish(french)
    assert states(author, "fr") == set()


# languages


def test_what_is_begun_in_another_language_is_in_the_list_and_nothing_else_of_it(own, author):
    planted("ar")
    guide("Saisie", parent=section(own))
    made = course("Sécurité", parent=section(own), lessons=2)
    section(own, "ar")
    translation, _draft = begun(made, "ar")
    assert states(author, "ar", State.MISSING) == {"Sécurité", "Premier module", "Leçon 1", "Leçon 2"}
    translate(translation)
    translation.save_target(publish=True)
    assert "<td>العربية</td>" in signed_in(author).get("/office/unfinished/").content.decode()


def test_a_language_that_stands_and_has_nothing_yet_waits_for_nothing(own, author):
    planted("ar")
    section(own, "ar")
    guide("Saisie", parent=section(own))
    assert states(author, "ar") == set()


# courses


def test_a_course_that_is_public_in_a_language_says_how_many_of_its_lessons_are_not(own, author):
    made = course("Sécurité", parent=section(own), lessons=2)
    parts = [page.specific for page in made.get_descendants(inclusive=True)]
    for page in parts[:-1]:
        translation, _draft = begun(page)
        translate(translation)
        translation.save_target(publish=True)
    assert details(author, "de") == ["Lessons that are not public in this language yet: 1 of 2"]
    assert states(author, "de", State.MISSING) == {"Sécurité", "Leçon 2"}
    assert details(author, "de")[0] in signed_in(author).get("/office/unfinished/").content.decode()
    translation, _draft = begun(parts[-1])
    translate(translation)
    translation.save_target(publish=True)
    assert states(author, "de") == set()


def test_who_publishes_the_translation_of_a_course_is_told_how_many_lessons_readers_do_not_have(own, author, editor):
    made = course("Sécurité", parent=section(own), lessons=2)
    translation, draft = begun(made)
    translate(translation)
    words = "Lessons that are not public in this language yet: 2 of 2"
    client = signed_in(editor)
    assert words not in client.get(edit(draft)).content.decode()
    answer = client.post(edit(draft), {"action": "publish", **texts_shown(client, draft)}, follow=True)
    assert words in answer.content.decode()
    draft.refresh_from_db()
    assert draft.live


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_takes_the_same_queries_however_much_there_is(own, author, many):
    for number in range(many):
        made = course(f"Cours {number}", parent=section(own), lessons=many)
        translation, _draft = begun(made)
        translate(translation, all_but=number % 2)
        if not number % 2:
            translation.save_target(publish=True)
    list(pages(author))
    author = type(author).objects.get(pk=author.pk)
    with CaptureQueriesContext(connection) as asked:
        assert list(pages(author))
    assert len(asked) == 4, [query["sql"][:120] for query in asked]


def test_a_complete_translation_waits_for_an_editor_who_did_not_write_it(own, author, editor):
    translation = four_eyes.begun(guide(parent=section(own)))
    assert "translation is complete" not in signed_in(editor).get("/office/").content.decode()
    four_eyes.translate(translation, author)
    other = make_member(own, Role.EDITOR)
    foreign = make_member(section().organisation, Role.EDITOR)
    target = translation.get_target_instance()

    def waiting() -> dict[str, list[str]]:
        people = {"author": author, "editor": editor, "other": other, "foreign": foreign}
        return {name: to_publish(who) for name, who in people.items()}

    numbers = [str(target.pk)]
    assert waiting() == {"author": [], "editor": numbers, "other": numbers, "foreign": []}
    page = signed_in(editor).get("/office/").content.decode()
    assert "1 translation is complete and waits to be published" in page
    assert edit(target) in page
    translation.save_target(user=editor)
    assert not any(waiting().values())
    type_text(translation, editor, "Neu")
    assert waiting() == {"author": [], "editor": [], "other": numbers, "foreign": []}
