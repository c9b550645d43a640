"""Editors at work in a real browser: pages with every block, choosers, uploads, workflows, dates, translations."""

import pytest
from playwright.sync_api import Page, expect
from wagtail_localize.models import StringTranslation

from cms.models import HomePage, StandardPage
from tests.factories.cms import document, home, image, picture_bytes, planted, standard_page
from tests.factories.learning import course, section
from tests.factories.office import platform_administrator
from tests.walks.browser import PHONE
from tests.walks.office import add_block, choose, settle, sign_in, write

pytestmark = [pytest.mark.walk, pytest.mark.database]
WORDS = """item => {
    const range = document.createRange();
    range.selectNodeContents(item);
    const { x, height } = range.getBoundingClientRect();
    return { x, height };
}"""


def publish(page: Page) -> None:
    """Opens the menu beside the main button and publishes."""
    page.locator("footer.footer [data-w-dropdown-target=toggle]").first.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.locator(".messages .success", has_text="published").wait_for()


@pytest.fixture
def editor(site, visitors):
    planted()
    image("Arches")
    document("Leaflet")
    walker = visitors(language="en")
    sign_in(walker, platform_administrator())
    return walker


def test_an_editor_writes_a_page_with_every_block_and_publishes_it(editor):
    page = editor.visit(f"/office/pages/add/cms/standardpage/{home('fr').pk}/")
    page.locator("#id_title").fill("Téléphone")
    page.locator("#id_lead").fill("Ce qu’il faut faire avant.")
    add_block(page, "Text")
    write(page, "Un code à six chiffres.")
    add_block(page, "Image")
    choose(page, page.get_by_role("button", name="Choose an image").last.click, "Arches")
    page.locator("[name$=alt_text]").last.fill("Un viaduc")
    add_block(page, "Callout")
    write(page, "Éteignez la reconnaissance.")
    add_block(page, "Steps")
    page.locator("[data-contentpath=steps] .c-sf-add-button").last.click()
    titles = page.locator("[data-streamfield-child] [name$=title]")
    titles.nth(1).wait_for()
    titles.nth(0).fill("Noter")
    titles.nth(1).fill("Appeler")
    add_block(page, "Questions and answers")
    page.locator("[data-streamfield-child] [name$=title]").last.fill("Pourquoi ?")
    write(page, "Un doigt se force.")
    add_block(page, "Download")
    choose(page, page.get_by_role("button", name="Choose a document").last.click, "Leaflet")
    add_block(page, "Quote")
    page.locator("[data-streamfield-child] textarea[name$=text]").last.fill("J’avais le numéro.")
    publish(page)
    settle(editor)
    shown = StandardPage.objects.get(title="Téléphone")
    assert shown.live
    assert [block.block_type for block in shown.body] == [
        "text",
        "image",
        "callout",
        "steps",
        "accordion",
        "download",
        "quote",
    ]
    assert "Un code à six chiffres." in editor.visit("/fr/téléphone/").locator("main").inner_text()


def test_on_a_phone_the_menus_button_lies_over_no_word_of_a_message(editor):
    long = standard_page("Vie privée et données " * 6)
    page = editor.visit(f"/office/pages/{long.pk}/unpublish/")
    page.set_viewport_size(PHONE)
    page.locator("main form button[type=submit], main form input[type=submit]").first.click()
    message = page.locator(".messages li").first
    message.wait_for()
    button = page.locator("button.sidebar-nav-toggle").bounding_box()
    words = message.evaluate(WORDS)
    assert button
    assert words["height"] > 100, "a message of a single line shows nothing"
    assert words["x"] >= button["x"] + button["width"]


def test_the_links_at_the_foot_are_chosen_several_at_once(editor):
    for title in ("Contact", "Accessibilité"):
        standard_page(title)
    page = editor.visit(f"/office/pages/{home('fr').pk}/edit/")
    page.locator("#id_footer_links-OPEN_MODAL").click()
    page.locator(".modal-dialog a.navigate-pages").first.click()
    for title in ("Contact", "Accessibilité"):
        page.get_by_role("checkbox", name=title).check()
    page.get_by_role("button", name="Confirm selection").click()
    page.locator("#id_footer_links-1-page").wait_for(state="attached")
    publish(page)
    settle(editor)
    assert HomePage.objects.get(pk=home("fr").pk).footer_links.count() == 2


def test_a_picture_is_sent_from_inside_the_chooser(editor, tmp_path):
    file = tmp_path / "pont.png"
    file.write_bytes(picture_bytes())
    page = editor.visit(f"/office/pages/add/cms/standardpage/{home('fr').pk}/")
    add_block(page, "Image")
    page.get_by_role("button", name="Choose an image").last.click()
    page.get_by_role("tab", name="Upload").click()
    page.locator("#id_image-chooser-upload-file").set_input_files(file)
    page.locator("#id_image-chooser-upload-title").fill("Pont")
    page.locator(".modal form button[type=submit]:visible").last.click()
    page.get_by_text("Pont").first.wait_for()
    settle(editor)


def test_pictures_are_sent_several_at_once(editor, tmp_path):
    files = []
    for number in range(2):
        files.append(tmp_path / f"pont{number}.png")
        files[-1].write_bytes(picture_bytes(size=(60 + number, 40)))
    page = editor.visit("/office/images/multiple/add/")
    page.locator("#fileupload").set_input_files(files)
    page.locator("#upload-list li.upload-success").nth(1).wait_for()
    settle(editor)


def test_a_page_gets_a_date_to_go_live(editor):
    contact = standard_page("Contact", live=False)
    page = editor.visit(f"/office/pages/{contact.pk}/edit/")
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    page.locator("[name=go_live_at]").click()
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_next:visible").first.click()
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_date:not(.xdsoft_disabled)").last.click()
    assert page.locator("[name=go_live_at]").input_value()
    settle(editor)


def test_a_workflow_is_put_together_from_tasks(editor):
    page = editor.visit("/office/workflows/add/")
    page.locator("#id_name").fill("Four eyes")
    page.get_by_role("button", name="Add task").click()
    page.get_by_role("button", name="Choose a task").last.click()
    page.get_by_role("tab", name="New").or_(page.get_by_text("Search")).first.wait_for()
    settle(editor)


def test_a_link_to_a_page_is_set_inside_a_text(editor):
    standard_page("Contact")
    page = editor.visit(f"/office/pages/add/cms/standardpage/{home('fr').pk}/")
    add_block(page, "Text")
    write(page, "Contact")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("ControlOrMeta+k")
    page.locator(".modal-dialog a.navigate-pages").first.click()
    page.locator(".modal-dialog").get_by_role("link", name="Contact").first.click()
    page.locator(".TooltipEntity").first.wait_for()
    settle(editor)


NARROW = "whole => whole.scrollWidth <= whole.clientWidth"


def test_on_a_phone_the_editor_shows_its_title_to_the_end_and_lists_with_buttons_stand_in_blocks(editor):
    draft = standard_page("Ce qu’il faut savoir avant le départ d’une longue mission", live=False)
    course("Premiers pas", parent=section(), lessons=1)
    page = editor.visit(f"/office/pages/{draft.pk}/edit/")
    page.set_viewport_size(PHONE)
    expect(page.locator("[data-minimap-container]")).to_be_hidden()
    assert page.locator(".w-breadcrumbs").evaluate(NARROW)
    editor.visit("/office/packages/")
    expect(page.locator("table.stack button").first).to_be_in_viewport(ratio=1)
    assert page.locator("main").evaluate(NARROW)
    settle(editor)


def test_the_preview_stands_beside_the_editor(editor):
    contact = standard_page("Contact")
    page = editor.visit(f"/office/pages/{contact.pk}/edit/")
    page.get_by_role("button", name="Toggle preview").click()
    page.frame_locator("#w-preview-iframe").locator("h1", has_text="Contact").wait_for()
    settle(editor)


def test_a_page_is_submitted_for_translation_and_its_words_are_translated(editor):
    contact = standard_page("Contact", slug="contact")
    page = editor.visit(f"/office/localize/submit/page/{contact.pk}/")
    page.locator("[name=select_all]").check()
    assert page.locator("[name=locales]:checked").count() == 3
    page.locator("main form input.button[type=submit]").last.click()
    page.get_by_text("successfully submitted").wait_for()
    german = contact.get_translation(home("de").locale)
    assert not german.live
    page = editor.visit(f"/office/pages/{german.pk}/edit/")
    page.get_by_role("button", name="Translate", exact=True).first.click()
    page.locator(".js-translation-editor textarea:visible").fill("Kontakt")
    with page.expect_response("**/strings/*/edit/") as saved:
        page.get_by_role("button", name="Save", exact=True).first.click()
    assert saved.value.ok
    editor.witness.testify()
    assert StringTranslation.objects.get().data == "Kontakt"
