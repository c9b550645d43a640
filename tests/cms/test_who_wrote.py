"""Whose words wait for somebody else: everybody's who wrote since the page last went live, until another says yes."""

import pytest
from django.urls import reverse
from wagtail.models import Page, TaskState
from wagtail_localize.models import Translation

from cms import eyes
from cms.models import GuidePage
from cms.rules import AloneError, UnreadSourceError
from hrdplatform.notices import Kind as Notice
from hrdplatform.organisations.states import Role
from tests.cms.test_four_eyes import again, begun, decide, draft, form, mails, submit, translate
from tests.cms.test_seen_words import type_text, typed_on
from tests.factories.accounts import signed_in
from tests.factories.editing import asked, edit, texts_shown
from tests.factories.learning import guide, section
from tests.factories.organisations import make_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
ALONE = "somebody else looks at it first"


@pytest.fixture
def second(own):
    """Another editor of the same organisation."""
    return make_member(own, Role.EDITOR)


def write(page: Page, who, title: str) -> None:
    signed_in(who).post(edit(page), form(again(page), title=title))


def send_back(page: Page, who, title: str) -> None:
    """Corrects the title and asks for more."""
    decide(page, who, "reject", comment="Une étape manque.", fields=form(again(page), title=title))


def publish_in_bulk(page: Page, who) -> str:
    client = signed_in(who)
    return client.post(asked(client, page), follow=True).content.decode()


def test_what_was_corrected_and_sent_back_is_not_published_by_its_writer(own, editor, second):
    page = draft(own, editor)
    submit(page, editor)
    send_back(page, second, "Corrigé")
    assert again(page).latest_revision.user == second
    assert ALONE in publish_in_bulk(page, editor)
    assert ALONE in publish_in_bulk(page, second)
    assert not again(page).live


def test_who_corrected_and_sent_back_approves_what_was_handed_in_again(own, author, editor):
    page = draft(own, author)
    submit(page, author)
    send_back(page, editor, "Corrigé")
    signed_in(author).post(edit(page), form(again(page), title="Corrigé", lead="Mieux.", **{"action-submit": "1"}))
    assert mails(Notice.REVIEW_WANTED) == [editor.email] * 2
    decide(page, editor, "approve", fields=form(again(page), title="Corrigé", lead="Mieux."))
    assert again(page).live


@pytest.mark.parametrize("changes", [{}, {"lead": "Un mot."}])
def test_handing_in_is_a_yes_only_by_somebody_who_wrote_on(own, author, editor, changes):
    page = draft(own, editor)
    fields = form(again(page), **changes, **{"action-submit": "1"})
    signed_in(author).post(edit(page), fields)
    assert again(page).latest_revision.user == author
    decide(page, editor, "approve", fields=form(again(page), **changes))
    assert again(page).live == bool(changes)


def test_of_two_who_wrote_neither_publishes_alone(own, editor, second):
    page = draft(own, editor)
    write(page, second, "Deux")
    for writer in (editor, second):
        assert ALONE in publish_in_bulk(page, writer)
    third = make_member(own, Role.EDITOR)
    publish_in_bulk(page, third)
    assert again(page).title == "Deux"


def test_a_copy_waits_for_others_than_those_who_wrote_what_was_copied(own, author, editor, second):
    page = draft(own, editor)
    copy = page.copy(user=author, update_attrs={"slug": "copie"}, keep_live=False)
    assert ALONE in publish_in_bulk(copy, editor)
    publish_in_bulk(copy, second)
    assert again(copy).live


def test_a_yes_ends_when_somebody_else_takes_the_page_off(own, editor, second):
    page = draft(own, editor)
    submit(page, editor)
    decide(page, second, "approve")
    again(page).unpublish(user=second)
    assert ALONE in publish_in_bulk(page, editor)
    assert not again(page).live


def test_a_yes_ends_with_the_day_that_somebody_else_takes_away(own, editor, second):
    page = draft(own, editor)
    day = {"go_live_at": "2099-07-01 09:00"}
    signed_in(editor).post(edit(page), form(page, **day, **{"action-submit": "1"}))
    decide(page, second, "approve", fields=form(page, **day))
    dated = again(page).latest_revision
    assert dated.approved_go_live_at
    client = signed_in(second)
    client.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, dated.pk]))
    write(page, editor, "Autre")
    dated.refresh_from_db()
    assert dated.approved_go_live_at is None
    with pytest.raises(AloneError):
        dated.publish(user=editor)


def test_sending_back_asks_about_nothing_that_went_live_before(own, author, editor, second):
    page = draft(own, author)
    write(page, second, "Deux")
    third = make_member(own, Role.EDITOR)
    publish_in_bulk(page, third)
    signed_in(author).post(edit(page), form(again(page), lead="Neuf.", **{"action-submit": "1"}))
    decide(page, editor, "reject", comment="Non.", fields=form(again(page), lead="Neuf."))
    signed_in(author).post(edit(page), form(again(page), lead="Mieux.", **{"action-submit": "1"}))
    decide(page, second, "approve", fields=form(again(page), lead="Mieux."))
    assert again(page).lead == "Mieux."


def test_what_went_live_is_asked_about_no_more(own, editor, second):
    page = draft(own, editor)
    submit(page, editor)
    decide(page, second, "approve")
    write(page, second, "Deux")
    story = eyes.story(page.pk)
    assert story.unheard(again(page).latest_revision_id) == {second.pk}
    publish_in_bulk(page, editor)
    assert again(page).title == "Deux"


def test_what_waits_stands_in_the_list_of_who_may_say_yes(own, author, editor, second):
    page = draft(own, editor)
    write(page, second, "Deux")
    submit(again(page), author)
    third = make_member(own, Role.EDITOR)
    waiting = {who: TaskState.objects.reviewable_by(who).exists() for who in (editor, second, third)}
    assert waiting == {editor: False, second: False, third: True}


def update(translation: Translation, who) -> None:
    """Presses the button that brings a translation up to date."""
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    assert signed_in(who).post(address, {}).status_code == 302


def publish_translation(translation: Translation, who) -> str:
    client, target = signed_in(who), translation.get_target_instance()
    sent = {"action": "publish", **texts_shown(client, target)}
    return client.post(edit(target), sent, follow=True).content.decode()


def test_words_that_readers_never_saw_reach_them_through_no_translation(own, author, editor, second):
    page = guide(parent=section(own))
    translation = begun(page)
    translate(translation, author)
    publish_translation(translation, second)
    assert again(translation.get_target_instance()).live
    again(page).unpublish(user=editor)
    signed_in(editor).post(edit(page), form(again(page), level="advanced"))
    update(translation, editor)
    translation.refresh_from_db()
    assert '"level": "advanced"' in translation.source.content_json
    assert "is not public as it was translated" in publish_translation(translation, editor)
    assert GuidePage.objects.get(pk=translation.get_target_instance().pk).level != "advanced"
    with pytest.raises(UnreadSourceError):
        translation.save_target(user=editor)


def test_a_translation_of_what_was_public_is_published_when_its_source_went_on(own, author, editor):
    page = guide(parent=section(own))
    translation = begun(page)
    translate(translation, author)
    newer = again(page)
    newer.title = "Neuf"
    newer.save_revision().publish()
    publish_translation(translation, editor)
    assert again(translation.get_target_instance()).live


def test_what_is_written_over_a_translation_that_was_stopped_is_not_published_as_the_translation(own, author, editor):
    translation = begun(guide(parent=section(own)))
    translate(translation, author)
    translation.save_target(user=editor, publish=False)
    target = again(translation.get_target_instance())
    translation.enabled = False
    translation.save()
    typed_on(target, editor, "Jamais relu", over=target.latest_revision_id)
    translation.enabled = True
    translation.save()
    assert "older than its translation" in publish_in_bulk(target, editor)
    assert not again(target).live


def test_who_translated_a_part_does_not_publish_the_whole(own, author, editor, second):
    translation = begun(guide(parent=section(own)))
    translate(translation, author)
    type_text(translation, editor, "Titel")
    type_text(translation, second, "Anderer Titel")
    assert ALONE in publish_translation(translation, second)
    publish_translation(translation, make_member(own, Role.EDITOR))
    assert again(translation.get_target_instance()).live
