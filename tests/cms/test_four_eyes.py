"""Nobody publishes a learning page alone: not with the button, not in bulk, not by a copy, not by a translation."""

import json
from datetime import datetime

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page, TaskState, WorkflowState
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from cms.domain.schedule import publish_due
from cms.models import FourEyesTask, GuidePage, LessonPage
from cms.rules import AloneError, LiveCopyError, UntranslatedParentError
from hrdplatform.notices import Kind as Notice
from hrdplatform.notices.letters import letter
from hrdplatform.notices.models import Notice as Mail
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock
from tests.factories.accounts import signed_in
from tests.factories.cms import standard_page
from tests.factories.editing import asked, edit, shown, texts_shown
from tests.factories.learning import course, guide, section
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_member, make_organisation, make_platform

pytestmark = pytest.mark.django_db(transaction=True)


def draft(own, writer, title: str = "Votre téléphone") -> GuidePage:
    return again(guide(title, parent=section(own), live=False, by=writer))


def again(page: Page) -> Page:
    return Page.objects.get(pk=page.pk).specific


def form(page: Page, **changes) -> dict[str, str]:
    fields = {"title": page.title, "slug": page.slug, "lead": page.lead, "audience": "everybody", "level": ""}
    fields |= {"licence": "CC-BY-SA-4.0", "contributors": "", "checked_on": "", "review_by": "", "topic": ""}
    fields |= {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "change_note": ""}
    return fields | {"seo_title": "", "search_description": ""} | changes


def submit(page: Page, who) -> None:
    assert signed_in(who).post(edit(page), form(page, **{"action-submit": "1"})).status_code == 302


def decide(page: Page, who, action: str, comment: str = "", fields: dict[str, str] | None = None):
    """What a person does who opens the page, reads it and decides."""
    return decide_while_editing(page, who, action, json.dumps({"comment": comment}), fields)


def decide_while_editing(page: Page, who, action: str, words: str, fields: dict[str, str] | None = None):
    client = signed_in(who)
    return client.post(edit(page), {**decision(page, action, words, fields), **shown(client, page)}, follow=True)


def decision(page: Page, action: str, words: str = "{}", fields: dict[str, str] | None = None) -> dict[str, str]:
    sent = {"action-workflow-action": "1", "workflow-action-name": action, "workflow-action-extra-data": words}
    return {**(fields or form(page)), **sent}


def elsewhere(page: Page, who, action: str, comment: str = ""):
    """Deciding without opening the page."""
    state = again(page).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return signed_in(who).post(address, {"comment": comment}, follow=True)


def mails(kind: Notice) -> list[str]:
    return list(Mail.objects.filter(kind=kind).order_by("pk").values_list("to", flat=True))


def test_an_author_submits_and_an_editor_approves(own, author, editor):
    page = draft(own, author)
    submit(page, author)
    assert not again(page).live
    assert mails(Notice.REVIEW_WANTED) == [editor.email]
    decide(page, editor, "approve")
    assert again(page).live
    assert mails(Notice.APPROVED) == [author.email]


def test_an_editor_sends_back_with_a_comment_and_the_author_submits_again(own, author, editor):
    page = draft(own, author)
    submit(page, author)
    decide(page, editor, "reject", comment="Une étape manque.")
    assert mails(Notice.SENT_BACK) == [author.email]
    assert TaskState.objects.get(status="rejected").comment == "Une étape manque."
    assert "Une étape manque." not in str(Mail.objects.get(kind=Notice.SENT_BACK).context)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES
    submit(page, author)
    assert len(mails(Notice.REVIEW_WANTED)) == 2
    decide(page, editor, "approve")
    assert again(page).live


def test_nobody_sends_back_without_saying_what_is_to_be_changed(own, author, editor):
    page = draft(own, author)
    submit(page, author)
    decide(page, editor, "reject")
    assert again(page).current_workflow_task_state.status == "in_progress"


@pytest.mark.parametrize("words", ["{}", '{"comment": " "}', '{"comment": null}', '{"remark": "Non."}'])
def test_nobody_sends_back_without_a_word_out_of_the_editor_either(own, author, editor, words):
    page = draft(own, author)
    submit(page, author)
    assert "Say what is to be changed." in decide_while_editing(page, editor, "reject", words).content.decode()
    assert again(page).current_workflow_task_state.status == "in_progress"
    decide_while_editing(page, editor, "reject", '{"comment": "Une étape manque."}')
    assert TaskState.objects.get(status="rejected").comment == "Une étape manque."


def test_of_what_is_sent_along_with_an_approval_only_the_comment_counts(own, author, editor):
    page = draft(own, author)
    submit(page, author)
    words = '{"update": false, "user": 1, "task_state": 1, "action_name": "x", "more": [], "comment": "Bien."}'
    assert decide_while_editing(page, editor, "approve", words).status_code == 200
    assert again(page).live
    assert TaskState.objects.get(status="approved").comment == "Bien."


@pytest.mark.parametrize("words", ["[1]", "{", "null", "", "[" * 9999])
def test_what_is_no_object_is_not_taken_along(own, author, editor, words):
    page = draft(own, author)
    submit(page, author)
    assert decide_while_editing(page, editor, "approve", words).status_code == 400
    assert not again(page).live


def test_the_comment_stands_over_the_editor_until_the_page_is_submitted_again(own, author, editor):
    page = draft(own, author)
    submit(page, author)
    decide(page, editor, "reject", comment="Une étape <manque>.")
    said = "Sent back with a comment: Une étape &lt;manque&gt;."
    assert said in signed_in(author).get(edit(page)).content.decode()
    submit(page, author)
    assert said not in signed_in(editor).get(edit(page)).content.decode()


@pytest.mark.parametrize("language", ["fr", "de", "lb", "en"])
def test_the_mails_name_the_page_and_lead_to_it(own, author, editor, language):
    for person in (author, editor):
        person.language = language
        person.save()
    page = draft(own, author)
    submit(page, author)
    decide(page, editor, "reject", comment="Non.")
    submit(page, author)
    decide(page, editor, "approve")
    for kind in (Notice.REVIEW_WANTED, Notice.SENT_BACK, Notice.APPROVED):
        written = letter(Mail.objects.filter(kind=kind).first())
        assert page.title in written.subject, kind
        assert f"http://localhost:8000{edit(page)}" in written.body, kind


def test_wagtail_sends_no_mail_of_its_own(own, author, editor, mailoutbox):
    platform_administrator()
    page = draft(own, author)
    submit(page, author)
    decide(page, editor, "reject", comment="Non.")
    assert mailoutbox == []


def test_who_wrote_last_does_not_approve(own, editor):
    page = draft(own, editor)
    submit(page, editor)
    answer = decide(page, editor, "approve")
    assert answer.status_code in {200, 403}
    assert not again(page).live
    assert again(page).current_workflow_task_state.status == "in_progress"


def test_an_administrator_of_the_platform_is_bound_as_well(own):
    administrator = platform_administrator()
    page = draft(own, administrator)
    submit(page, administrator)
    decide(page, administrator, "approve")
    assert not again(page).live


def test_a_change_that_comes_along_with_the_approval_is_looked_at_by_another(own, author, editor):
    page = draft(own, author)
    submit(page, author)
    answer = decide(page, editor, "approve", fields=form(page, title="Autre titre"))
    assert "you wrote some of it" in answer.content.decode()
    assert not again(page).live
    other = make_member(own, Role.EDITOR)
    decide(page, other, "approve", fields=form(page, title="Autre titre"))
    assert again(page).live
    assert again(page).title == "Autre titre"


def test_while_it_is_looked_at_the_author_does_not_change_it(own, author, editor):
    page = draft(own, author)
    submit(page, author)
    signed_in(author).post(edit(page), form(page, title="Autre titre"))
    assert again(page).get_latest_revision_as_object().title == page.title
    signed_in(author).post(edit(page), form(page, **{"action-cancel-workflow": "1"}))
    assert again(page).current_workflow_state is None


def test_an_author_approves_nothing_and_a_foreign_editor_neither(own, author):
    page = draft(own, make_member(own, Role.AUTHOR))
    submit(page, page.latest_revision.user)
    for stranger in (author, make_member(make_organisation(), Role.EDITOR)):
        decide(page, stranger, "approve")
        assert not again(page).live
        assert not TaskState.objects.reviewable_by(stranger).exists()


def test_where_nobody_else_of_the_organisation_may_approve_the_houses_editors_are_asked(own, editor):
    house = make_member(make_platform(), Role.EDITOR)
    from cms.domain.rights import let_editors_write

    let_editors_write()
    page = draft(own, editor)
    submit(page, editor)
    assert mails(Notice.REVIEW_WANTED) == [house.email]
    decide(page, house, "approve")
    assert again(page).live


def test_the_button_is_not_there_and_pressing_it_all_the_same_keeps_the_draft(own, editor):
    page = draft(own, editor)
    client = signed_in(editor)
    assert "action-publish" not in client.get(edit(page)).content.decode()
    answer = client.post(edit(page), form(page, title="Neu", **{"action-publish": "1"}), follow=True)
    assert "somebody else looks at it first" in answer.content.decode()
    assert not again(page).live
    assert again(page).get_latest_revision_as_object().title == "Neu"


def test_a_new_page_is_not_published_in_one_go(own, editor):
    add = reverse("wagtailadmin_pages:add", args=["cms", "guidepage", section(own).pk])
    client = signed_in(editor)
    assert "action-publish" not in client.get(add).content.decode()
    client.post(add, form(GuidePage(title="Neu", slug="neu"), **{"action-publish": "1"}))
    assert not GuidePage.objects.get(slug="neu").live


def test_in_bulk_it_is_not_published_either(own, editor):
    page = draft(own, editor)
    client = signed_in(editor)
    answer = client.post(asked(client, page), follow=True)
    assert "somebody else looks at it first" in answer.content.decode()
    assert not again(page).live


def test_the_programs_door_of_the_office_takes_no_actions(own, editor):
    page = draft(own, editor)
    for action in ("publish", "copy", "create_alias", "delete"):
        answer = signed_in(editor).post(f"/office/api/main/pages/{page.pk}/action/{action}/")
        assert answer.status_code == 404, action
    assert not again(page).live


def test_what_another_approved_comes_back_after_it_was_taken_off(own, author, editor):
    page = draft(own, editor)
    submit(page, editor)
    second = make_member(own, Role.EDITOR)
    decide(page, second, "approve")
    again(page).unpublish(user=editor)
    again(page).get_latest_revision().publish(user=editor)
    assert again(page).live


def test_a_day_that_was_approved_is_kept_by_the_clock(own, author, editor):
    page = draft(own, author)
    day = "2099-07-01 09:00"
    page.go_live_at = datetime.fromisoformat(day).astimezone()
    page.save_revision(user=author)
    submit_as_it_is(page, author)
    decide(page, editor, "approve", fields=form(page, go_live_at=day))
    assert not again(page).live
    assert publish_due(at=clock.now().replace(year=2098)) == 0
    assert publish_due(at=clock.now().replace(year=2100)) == 1


def submit_as_it_is(page: Page, who) -> None:
    page = again(page)
    page.get_workflow().start(page, who)


def test_a_copy_is_a_draft(own, author, editor):
    page = draft(own, author)
    page.get_latest_revision().publish()
    with pytest.raises(LiveCopyError):
        again(page).copy(user=editor, update_attrs={"slug": "copy"})
    with pytest.raises(LiveCopyError):
        again(page).create_alias(user=editor, update_slug="alias")
    copy = again(page).copy(user=editor, update_attrs={"slug": "copy"}, keep_live=False)
    assert not copy.live


def test_the_platform_itself_publishes_without_a_second_person(own):
    page = guide(parent=section(own))
    assert page.live


def test_the_houses_plain_pages_are_published_as_before(own):
    administrator = platform_administrator()
    page = standard_page(live=False)
    page.save_revision(user=administrator).publish(user=administrator)
    assert again(page).live


def begun(page: Page, language: str = "de") -> Translation:
    source, _ = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code=language))
    translation.save_target(publish=False)
    return translation


def translate(translation: Translation, by) -> None:
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.get_or_create(
            translation_of=String.objects.get(pk=segment.string_id),
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"DE {segment.string.data}", "translation_type": "manual", "last_translated_by": by},
        )


def test_a_translation_is_published_by_another_than_who_wrote_it(own, author, editor):
    translation = begun(guide(parent=section(own)))
    translate(translation, editor)
    target = translation.get_target_instance()
    answer = signed_in(editor).post(edit(target), {"action": "publish"}, follow=True)
    assert "somebody else looks at it first" in answer.content.decode()
    assert not again(target).live
    with pytest.raises(AloneError):
        translation.save_target(user=editor)
    second = signed_in(make_member(own, Role.EDITOR))
    second.post(edit(target), {"action": "publish", **texts_shown(second, target)})
    assert again(target).live


def test_a_lesson_is_translated_after_its_course_never_below_a_page_in_another_language(own):
    lesson = LessonPage.objects.descendant_of(course(parent=section(own), lessons=1)).get()
    with pytest.raises(UntranslatedParentError):
        begun(lesson)
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_the_workflow_stands_over_every_section(own):
    for language in ("fr", "de", "lb", "en"):
        workflow = section(own, language).get_workflow()
        assert [type(task.specific) for task in workflow.tasks] == [FourEyesTask]
