"""What goes live is what a second person was shown: not what was written over it, nor what was written since."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail.models import Revision

from cms.models import GuidePage
from hrdplatform.organisations.states import Role
from tests.cms.test_four_eyes import again, begun, decide, decision, draft, elsewhere, form, submit, translate
from tests.factories.accounts import signed_in
from tests.factories.editing import asked, edit, shown, texts_shown
from tests.factories.learning import guide, section
from tests.factories.organisations import make_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
NEWER = "there are newer words than you were shown"


@pytest.fixture
def second(own):
    """Another editor of the same organisation."""
    return make_member(own, Role.EDITOR)


def typed_on(page: GuidePage, who, title: str, over: int | None):
    """What the editor's own clock saves: newer words in place of those it saved before."""
    return signed_in(who).post(edit(page), form(page, title=title, overwrite_revision_id=str(over or "")))


def title_of(number: int | None) -> str:
    return Revision.objects.get(pk=number).content["title"]


def test_the_editors_clock_writes_over_its_own_draft(own, author):
    page = draft(own, author)
    first = page.latest_revision_id
    typed_on(page, author, "Deux", over=first)
    assert again(page).latest_revision_id == first
    assert title_of(first) == "Deux"


def test_what_was_approved_is_not_written_over(own, editor, second):
    page = draft(own, editor, "Relu")
    submit(page, editor)
    decide(page, second, "approve", fields=form(again(page)))
    approved = again(page).latest_revision_id
    typed_on(page, editor, "Jamais relu", over=approved)
    assert title_of(approved) == "Relu"
    assert again(page).latest_revision_id != approved
    client = signed_in(editor)
    assert "somebody else looks at it first" in client.post(asked(client, page), follow=True).content.decode()
    assert again(page).title == "Relu"


def test_what_waits_for_a_second_person_is_not_written_over(own, editor):
    page = draft(own, editor, "Relu")
    submit(page, editor)
    waiting = again(page).latest_revision_id
    typed_on(page, editor, "Autre", over=waiting)
    assert title_of(waiting) == "Relu"
    assert again(page).latest_revision_id != waiting


def test_what_is_live_is_not_written_over(own, editor):
    page = guide(parent=section(own))
    page.save_revision(user=editor).publish()
    live = again(page).live_revision_id
    typed_on(page, editor, "Autre", over=live)
    assert title_of(live) == page.title


@pytest.mark.parametrize("number", ["None", "-1", "9" * 30, "1 or 1"])
def test_a_version_that_none_can_be_is_a_bad_request(own, author, number):
    page = draft(own, author)
    answer = signed_in(author).post(edit(page), form(page, title="Autre", overwrite_revision_id=number))
    assert answer.status_code == 400
    assert again(page).get_latest_revision_as_object().title == page.title


def test_an_older_version_is_not_written_over_either(own, author):
    page = draft(own, author)
    older = page.latest_revision_id
    again(page).save_revision(user=author)
    typed_on(page, author, "Autre", over=older)
    assert title_of(older) == page.title


def test_who_approves_was_shown_the_newest_words(own, editor, second):
    page = draft(own, editor, "Relu")
    submit(page, editor)
    client = signed_in(second)
    seen = shown(client, page)
    typed_on(page, editor, "Jamais relu", over=again(page).latest_revision_id)
    answer = client.post(edit(page), {**decision(again(page), "approve"), **seen}, follow=True)
    assert NEWER in answer.content.decode()
    assert not again(page).live
    assert again(page).latest_revision.content["title"] == "Jamais relu"
    decide(again(page), second, "approve", fields=form(again(page), title="Jamais relu"))
    assert again(page).title == "Jamais relu"


def test_nor_is_an_old_form_kept_over_newer_words_when_a_page_is_sent_back(own, editor, second):
    page = draft(own, editor, "Relu")
    submit(page, editor)
    client = signed_in(second)
    seen = shown(client, page)
    typed_on(page, editor, "Neuf", over=None)
    words = json.dumps({"comment": "Non."})
    client.post(edit(page), {**decision(page, "reject", words), **seen})
    assert again(page).latest_revision.content["title"] == "Neuf"
    assert again(page).latest_revision.user == editor


@pytest.mark.parametrize("claimed", ["", "1", "[]", "1 2026-01-01T00:00:00+00:00"])
def test_who_says_nothing_or_anything_else_of_what_she_was_shown_approves_nothing(own, author, editor, claimed):
    page = draft(own, author)
    submit(page, author)
    words = json.dumps({"shown": claimed})
    answer = signed_in(editor).post(edit(page), decision(page, "approve", words), follow=True)
    assert NEWER in answer.content.decode()
    assert not again(page).live


def test_nobody_approves_without_opening_the_page(own, author, editor):
    page = draft(own, author)
    submit(page, author)
    home = signed_in(editor).get("/office/").content.decode()
    assert re.search(r"workflow/action/[^/]+/reject/", home)
    assert not re.search(r"workflow/action/[^/]+/approve/", home)
    assert NEWER in elsewhere(page, editor, "approve").content.decode()
    assert not again(page).live
    elsewhere(page, editor, "reject", comment="Une étape manque.")
    assert again(page).current_workflow_state.status == "needs_changes"


def test_an_approval_counts_for_the_version_that_was_newest(own, author, editor, second):
    page = draft(own, author)
    submit(page, author)
    again(page).save_revision(user=editor)
    decide(page, second, "approve")
    newest = again(page)
    assert newest.live
    assert list(newest.latest_revision.task_states.values_list("status", flat=True)) == ["approved"]


def test_many_are_published_as_they_were_when_the_question_was_asked(own, author, editor):
    one, other = draft(own, author, "Un"), draft(own, author, "Deux")
    client = signed_in(editor)
    yes = asked(client, one, other)
    again(other).save_revision(user=author)
    assert NEWER in client.post(yes, follow=True).content.decode()
    assert not again(one).live
    client.post(asked(client, one, other))
    assert again(one).live
    assert again(other).live


def test_nothing_is_published_in_bulk_that_was_not_asked_about(own, author, editor):
    page = draft(own, author)
    client = signed_in(editor)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert NEWER in client.post(f"{bulk}?id={page.pk}", follow=True).content.decode()
    assert not again(page).live


def test_who_publishes_a_translation_was_shown_its_newest_text(own, author, editor):
    translation = begun(guide(parent=section(own)))
    translate(translation, author)
    target = translation.get_target_instance()
    client = signed_in(editor)
    seen = texts_shown(client, target)
    type_text(translation, author, "Neu")
    answer = client.post(edit(target), {"action": "publish", **seen}, follow=True)
    assert NEWER in answer.content.decode()
    assert not again(target).live
    client.post(edit(target), {"action": "publish", **texts_shown(client, target)})
    assert again(target).live


def type_text(translation, who, words: str) -> None:
    """The first text of a translation, as its editor sends it."""
    segment = translation.source.stringsegment_set.order_by("order").first()
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    answer = signed_in(who).put(address, urlencode({"value": words}), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200


def test_a_text_that_is_sent_again_as_it_stands_stays_written_by_who_wrote_it(own, author, editor, second):
    translation = begun(guide(parent=section(own)))
    translate(translation, editor)
    type_text(translation, editor, "Titel")
    type_text(translation, author, "Titel")
    target = translation.get_target_instance()
    client = signed_in(editor)
    answer = client.post(edit(target), {"action": "publish", **texts_shown(client, target)}, follow=True)
    assert "somebody else looks at it first" in answer.content.decode()
    assert not again(target).live
    type_text(translation, author, "Anderer Titel")
    client.post(edit(target), {"action": "publish", **texts_shown(client, target)})
    assert not again(target).live
    reader = signed_in(second)
    reader.post(edit(target), {"action": "publish", **texts_shown(reader, target)})
    assert again(target).live


def test_who_translated_last_does_not_publish_in_bulk_either(own, author, editor):
    translation = begun(guide(parent=section(own)))
    translate(translation, editor)
    translation.save_target(user=author, publish=False)
    target = translation.get_target_instance()
    client = signed_in(editor)
    assert "somebody else looks at it first" in client.post(asked(client, target), follow=True).content.decode()
    assert not again(target).live


def test_bringing_translations_up_to_date_publishes_nothing_that_needs_four_eyes(own, author, editor):
    page = guide(parent=section(own))
    translation = begun(page)
    translate(translation, author)
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    client = signed_in(editor)
    assert 'type="checkbox" name="publish_translations"' not in client.get(address).content.decode()
    client.post(address, {"publish_translations": "on"})
    assert not again(translation.get_target_instance()).live
