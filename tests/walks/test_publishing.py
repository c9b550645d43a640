"""What an organisation publishes, from the first word to the reader who takes it in another language."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from cms.models import GuidePage, LessonPage
from hrdplatform.media.models import PlatformImage
from hrdplatform.organisations.states import Role
from hrdplatform.web import generations, pagecache
from tests.factories.cms import picture_bytes
from tests.factories.learning import course, guide, section
from tests.factories.library import library
from tests.factories.organisations import make_member, make_organisation
from tests.walks.office import Colleague, settle, write

pytestmark = [pytest.mark.walk, pytest.mark.database]

GERMAN = {
    "Votre téléphone": "Ihr Telefon",
    "Avant de partir.": "Bevor Sie gehen.",
    "Un code à six chiffres. Ensuite, éteignez-le.": "Ein Code mit sechs Ziffern. Dann schalten Sie es aus.",
    "Un viaduc": "Ein Viadukt",
}


@pytest.fixture
def own(site):
    return make_organisation("Passerelle", slug="passerelle")


@pytest.fixture
def place(own):
    return section(own)


@pytest.fixture
def author(visitors, own, place) -> Colleague:
    return Colleague(visitors(language="en"), make_member(own, Role.AUTHOR))


@pytest.fixture
def editor(visitors, own, place) -> Colleague:
    return Colleague(visitors(language="en"), make_member(own, Role.EDITOR))


@pytest.fixture
def picture(tmp_path) -> Path:
    file = tmp_path / "pont.png"
    file.write_bytes(picture_bytes(size=(640, 420)))
    return file


def test_a_guide_goes_from_its_author_by_way_of_an_editor_to_readers_in_two_languages(
    visitors, place, author, editor, picture
):
    author.begins_a_guide(place)
    author.writes(title="Votre téléphone", lead="Avant de partir.", text="Un code à six chiffres.")
    author.brings_a_picture(picture, title="Pont", description="Un viaduc")
    author.submits()

    author.opens(f"/office/pages/{GuidePage.objects.get().pk}/edit/")
    assert "Page locked" in author.choices
    assert not any("Approve" in choice for choice in author.choices)

    editor.follows("1 page waits for your approval")
    editor.sends_back("Une étape manque.")
    assert not GuidePage.objects.get().live

    author.follows("“Votre téléphone” came back to you: Une étape manque.")
    author.is_told("Sent back with a comment: Une étape manque.")
    write(author.page, " Ensuite, éteignez-le.")
    author.submits("Send back for approval")

    editor.follows("1 page waits for your approval")
    editor.approves()
    french = GuidePage.objects.get()
    reader = visitors(language="fr", phone=True)
    reader.visit(french.url_path)
    assert "Un code à six chiffres. Ensuite, éteignez-le." in reader.page.locator("main").inner_text()
    shown = reader.page.get_by_role("img", name="Un viaduc")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", value=True)
    assert shown.evaluate("picture => picture.naturalWidth") > 0

    author.opens(f"/office/localize/submit/page/{french.pk}/")
    author.asks_for_a_translation("German")
    author.translates(GERMAN)
    author.page.get_by_text("Promote", exact=True).click()
    author.translates({french.slug: "ihr-telefon"})
    assert not any("Publish" in choice for choice in author.choices)
    settle(author.walker)

    editor.follows("translations are missing or out of date")
    editor.page.locator("tr", has_text="Deutsch").get_by_role("link", name="Votre téléphone").click()
    editor.page.get_by_role("button", name="Publish in German").click()
    editor.is_told("in German")

    assert GuidePage.objects.get(slug="ihr-telefon").live
    pagecache.shelf.clear()  # some seconds later: until then she would be shown the copy from before
    generations.forget()
    reader.visit(french.url_path)
    reader.page.locator("details.menu summary").click()
    reader.page.get_by_role("link", name="Deutsch").click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Ihr Telefon")
    for words in GERMAN.values():
        assert reader.page.get_by_text(words).or_(reader.page.get_by_alt_text(words)).count() > 0, words
    assert reader.page.locator("html").get_attribute("lang") == "de"
    settle(reader)


def test_who_wrote_it_last_does_not_find_a_way_to_approve_it(place, editor):
    draft = guide(parent=place, live=False)
    editor.opens(f"/office/pages/{draft.pk}/edit/")
    editor.page.locator("#id_lead").fill("Avant de partir.")
    editor.submits()
    editor.opens("/office/")
    assert "waits for your approval" not in editor.page.locator("main").inner_text()
    editor.opens(f"/office/pages/{draft.pk}/edit/")
    assert "Send back with a comment" in editor.choices
    assert not any("Approve" in choice or "Publish" in choice for choice in editor.choices)
    settle(editor.walker)


def test_an_editor_approves_a_lesson_as_she_opened_it_and_not_what_was_written_meanwhile(place, author, editor):
    draft = LessonPage.objects.descendant_of(course(parent=place, lessons=1)).get()
    draft.unpublish()
    author.opens(f"/office/pages/{draft.pk}/edit/")
    author.page.locator("#id_lead").fill("Avant de partir.")
    author.submits()
    editor.opens(f"/office/pages/{draft.pk}/edit/")
    draft.refresh_from_db()
    newest = draft.get_latest_revision()
    newest.as_object().save_revision(user=newest.user)
    editor.chooses("Approve and Publish")
    editor.is_told("there are newer words than you were shown")
    draft.refresh_from_db()
    assert not draft.live
    editor.approves()
    draft.refresh_from_db()
    assert (draft.live, draft.lead) == (True, "Avant de partir.")
    settle(editor.walker)


def test_an_editor_approves_a_lesson_with_every_block_that_a_program_wrote(own, editor):
    draft = library("fr", own).lessons[-1]
    PlatformImage.objects.update(collection=own.shelf.collection)
    draft.unpublish()
    draft.save_revision(user=make_member(own, Role.AUTHOR))
    draft.get_workflow().start(draft, draft.latest_revision.user)
    before = draft.latest_revision.pk
    editor.opens(f"/office/pages/{draft.pk}/edit/")
    editor.approves()
    draft.refresh_from_db()
    assert (draft.live, draft.live_revision_id) == (True, before)
    settle(editor.walker)
