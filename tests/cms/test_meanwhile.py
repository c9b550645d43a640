"""What happens between looking and writing: nothing goes live unread, nothing live is taken off, locks hold."""

import threading

import pytest
from django.db import connection, transaction
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, TranslationSource

from cms.guard import save_target
from cms.rules import ChangedError, LockedError, mark_of, texts_shown
from hrdplatform.organisations.states import Role
from tests.cms.test_four_eyes import again, begun, draft, form, translate
from tests.cms.test_seen_words import type_text
from tests.factories.accounts import signed_in
from tests.factories.editing import asked, edit
from tests.factories.editing import texts_shown as seen
from tests.factories.learning import guide, section
from tests.factories.organisations import make_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def lock(page: Page, by) -> None:
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=by)


def test_a_form_that_was_on_its_way_takes_nothing_off_that_went_live_meanwhile(own, author):
    page = draft(own, author, "Relu")
    newest = page.latest_revision

    def goes_live(_request, _page) -> None:
        newest.publish()

    with hooks.register_temporarily("before_edit_page", goes_live, order=100):
        signed_in(author).post(edit(page), form(page, title="Jamais relu"))
    assert (again(page).live, again(page).title) == (True, "Relu")
    assert again(page).get_latest_revision_as_object().title == "Jamais relu"
    assert again(page).has_unpublished_changes


def test_a_text_that_comes_after_the_last_look_is_not_published(own, author, editor):
    translation = begun(guide(parent=section(own)))
    translate(translation, author)
    mark = mark_of(translation)
    type_text(translation, author, "Neu")
    texts_shown.set(mark)
    with pytest.raises(ChangedError):
        save_target(translation, user=editor)
    texts_shown.set(mark_of(translation))
    save_target(translation, user=editor)
    texts_shown.set(None)
    assert again(translation.get_target_instance()).live


def test_a_text_waits_while_its_translation_is_published(own, author):
    translation = begun(guide(parent=section(own)))
    translate(translation, author)
    done = threading.Event()

    def types() -> None:
        type_text(translation, author, "Neu")
        done.set()
        connection.close()

    with transaction.atomic():
        TranslationSource.objects.select_for_update().get(pk=translation.source_id)
        thread = threading.Thread(target=types)
        thread.start()
        assert not done.wait(1)
    assert done.wait(20)
    thread.join()


def test_what_somebody_locked_is_not_published_in_bulk_nor_translated_by_others(own, author, editor):
    page = draft(own, author)
    lock(page, author)
    client = signed_in(editor)
    assert "is locked" in client.post(asked(client, page), follow=True).content.decode()
    assert not again(page).live
    translation = begun(guide("Autre", parent=section(own)))
    translate(translation, author)
    target = translation.get_target_instance()
    lock(target, author)
    sent = {"action": "publish", **seen(client, target)}
    client.post(edit(target), sent, follow=True)
    assert not again(target).live
    with pytest.raises(LockedError):
        save_target(translation, user=editor, publish=False)
    segment = translation.source.stringsegment_set.first()
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    text = {"path": address, "data": "value=Neu", "content_type": "application/x-www-form-urlencoded"}
    assert client.put(**text).status_code == 302
    assert not StringTranslation.objects.filter(data="Neu").exists()
    lock(target, editor)
    assert client.put(**text).status_code == 200


def test_who_locked_it_publishes_it(own, author, editor):
    page = draft(own, author)
    lock(page, editor)
    client = signed_in(editor)
    client.post(asked(client, page), follow=True)
    assert again(page).live


def test_a_link_to_what_is_not_public_is_only_its_words(client, own):
    hidden = guide("Caché", parent=section(own), live=False, slug="nom-prive")
    text = f'<p><a linktype="page" id="{hidden.pk}">Ici</a></p>'
    page = guide(parent=section(own), body=[("text", text)])
    answer = client.get(page.url_path).content.decode()
    assert "nom-prive" not in answer
    assert "Ici" in answer
    hidden.get_latest_revision().publish()
    assert hidden.url_path in client.get(page.url_path).content.decode()


def test_a_members_lock_stands_for_the_clock_no_more_than_for_herself(own, author):
    page = draft(own, author)
    lock(page, make_member(own, Role.EDITOR))
    page.get_latest_revision().publish()
    assert again(page).live
