"""A draft is noted on the row of its page and nothing else is looked through again; going live is."""

import pytest
from wagtail.models import Comment, ReferenceIndex

from cms.models import GuidePage
from hrdplatform.media.queries import is_public
from tests.cms.test_foreign_media import Shelf
from tests.cms.test_four_eyes import again
from tests.factories.cms import stored
from tests.factories.learning import guide, section
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def page(own) -> GuidePage:
    return guide("Telefonbuch", parent=section(own), slug="telefonbuch")


def found(words: str) -> list[GuidePage]:
    return list(GuidePage.objects.search(words))


def test_what_a_draft_says_is_found_when_it_is_public(page):
    page.title = "Zirkumflex"
    version = page.save_revision()
    assert (found("Telefonbuch"), found("Zirkumflex")) == ([page], [])
    version.publish()
    assert (found("Telefonbuch"), found("Zirkumflex")) == ([], [page])


def test_what_a_draft_shows_is_public_when_the_page_is(own, page):
    document = Shelf(own, "Passerelle").document
    page.body = stored([{"type": "download", "value": {"document": document.pk, "label": ""}}], GuidePage)
    version = page.save_revision()
    assert not ReferenceIndex.get_references_to(document).exists()
    assert not is_public(document)
    version.publish()
    assert ReferenceIndex.get_references_to(document).count() == 1
    assert is_public(document)
    page = again(page)
    page.body = []
    version = page.save_revision()
    assert is_public(document)
    version.publish()
    assert not is_public(document)


def test_a_title_that_is_written_by_itself_is_found(page):
    page.title = "Zirkumflex"
    page.save(update_fields=["title", "draft_title"])
    assert (found("Telefonbuch"), found("Zirkumflex")) == ([], [page])


def test_a_page_that_is_gone_is_neither_found_nor_a_reference(own, page):
    document = Shelf(own, "Passerelle").document
    page.body = stored([{"type": "download", "value": {"document": document.pk, "label": ""}}], GuidePage)
    page.save()
    page.save_revision()
    assert ReferenceIndex.get_references_to(document).count() == 1
    page.delete()
    assert found("Telefonbuch") == []
    assert not ReferenceIndex.get_references_to(document).exists()


def test_who_comments_on_a_draft_is_noted_with_it(page, editor):
    page.wagtail_admin_comments.add(Comment(user=editor, text="Zu lang.", contentpath="title"))
    page.save_revision()
    assert Comment.objects.get().page_id == page.pk
    assert ReferenceIndex.get_references_to(editor).filter(object_id=str(page.pk)).exists()
    version = again(page).get_latest_revision_as_object()
    comment = version.wagtail_admin_comments.get()
    comment.text = "Viel zu lang."
    version.wagtail_admin_comments.add(comment)
    version.save_revision()
    assert Comment.objects.get().text == "Viel zu lang."


def test_a_version_has_the_place_the_owner_and_the_language_of_its_row(own, page, author, editor):
    page.owner = editor
    old = page.save_revision()
    place = section(make_organisation("Fougère"))
    GuidePage.objects.filter(pk=page.pk).update(owner=author)
    again(page).move(place, pos="last-child")
    row = again(page)
    latest = row.save_revision()
    version = type(old).objects.get(pk=old.pk).as_object()
    assert version.owner == author
    assert version.get_parent() == place.page_ptr
    assert version.locale == row.locale
    assert version.content_type == row.content_type
    assert version.latest_revision == latest
    assert version.url_path == row.url_path
