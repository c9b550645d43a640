"""What an editor sees of each block: an example in the picker, and words beside it."""

import pytest
from wagtail.images.blocks import ImageBlock

from cms.blocks import BodyBlock, LessonBlock
from cms.models import LessonPage
from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.cms import planted, stored
from tests.factories.learning import course, section
from tests.factories.library import every_block
from tests.factories.organisations import make_member, make_organisation

pytestmark = pytest.mark.django_db
NAMES = sorted(LessonBlock.base_blocks)


@pytest.fixture
def office():
    planted()
    return signed_in(make_member(make_organisation(), Role.EDITOR))


@pytest.mark.parametrize("name", NAMES)
def test_the_picker_shows_an_example_of_each_block_in_our_face(office, name):
    block = LessonPage.body.field.stream_block.child_blocks[name]
    assert block.is_previewable
    answer = office.get("/office/block-preview/", {"id": block.definition_prefix})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<link rel="stylesheet" href="/static/web/platform.css">' in page
    assert page.count("<main") == 1
    assert "<script" not in page
    assert " style=" not in page
    inside = page.partition('<div class="flow prose">')[2].partition("</main>")[0]
    assert len(inside) > 60, inside
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", NAMES)
def test_each_block_says_what_it_is_for(name):
    block = LessonPage.body.field.stream_block.child_blocks[name]
    assert str(block.get_description()).endswith(".")


def test_a_page_has_the_blocks_of_a_lesson_but_questions():
    assert set(LessonBlock.base_blocks) - set(BodyBlock.base_blocks) == {"question"}
    assert isinstance(BodyBlock.base_blocks["image"], ImageBlock)


def test_a_draft_of_a_lesson_is_previewed_with_all_its_blocks(office):
    made = course(parent=section(language="en"), live=False, lessons=1)
    draft = LessonPage.objects.descendant_of(made).get()
    draft.body = stored(every_block(), LessonPage)
    shown = draft.make_preview_request().rendered_content
    assert "Nobody can press it out of your hand" in shown
    assert "/learn/useful/" not in shown


def test_a_lesson_that_was_never_saved_is_previewed(office):
    module = course(parent=section(language="en"), lessons=0).get_children().get()
    draft = LessonPage(title="New", slug="new", body=stored(every_block(), LessonPage), locale=module.locale)
    draft.path = module.path + "0001"
    draft.depth = module.depth + 1
    draft.set_url_path(module)
    assert "Nobody can press it out of your hand" in draft.make_preview_request().rendered_content
