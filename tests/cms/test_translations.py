"""A translation goes live when every text is translated, and by no way before."""

import json
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from cms.domain.schedule import publish_due
from cms.models import LearnPage, StandardPage
from cms.rules import IncompleteTranslationError
from cms.unfinished import pages
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock
from hrdplatform.web.texts import State
from tests.cms.test_pages import every_block
from tests.cms.test_schedule import arrived
from tests.factories.accounts import signed_in
from tests.factories.cms import home, planted, standard_page
from tests.factories.editing import asked, edit
from tests.factories.learning import guide, section
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_member, make_organisation
from tests.walks.forms import Document

pytestmark = pytest.mark.django_db(transaction=True)
DAY = datetime(2099, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def administrator():
    planted()
    return platform_administrator()


def begun(page, language: str = "de") -> tuple[Translation, StandardPage]:
    """A translation of `page` that was submitted, with its draft."""
    source, _ = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code=language))
    translation.save_target(publish=False)
    return translation, translation.get_target_instance()


def translate(translation: Translation, *, all_but: int = 0) -> None:
    """Fills in the texts, all but the last few."""
    segments = list(translation.source.stringsegment_set.order_by("order"))
    for segment in segments[: len(segments) - all_but]:
        StringTranslation.objects.get_or_create(
            translation_of=String.objects.get(pk=segment.string_id),
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"DE {segment.string.data}", "translation_type": "manual"},
        )


def edit_address(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_every_block_of_ours_can_be_translated(administrator):
    translation, draft = begun(standard_page("Téléphone", body=every_block()))
    translate(translation)
    translation.save_target(publish=True)
    draft.refresh_from_db()
    assert draft.live
    assert "DE Noter" in str(draft.body)
    assert "DE Un viaduc" in str(draft.body.raw_data[5])


def test_a_live_page_submitted_for_translation_becomes_drafts(administrator):
    page = standard_page("Contact")
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    locales = list(Locale.objects.exclude(pk=page.locale_id).values_list("pk", flat=True))
    signed_in(administrator).post(address, {"locales": locales})
    drafts = page.get_translations()
    assert drafts.count() == 3
    assert not drafts.filter(live=True).exists()


def test_the_translation_editor_opens_with_every_block(administrator):
    _, draft = begun(standard_page("Téléphone", body=every_block()))
    assert signed_in(administrator).get(edit_address(draft)).status_code == 200


def test_the_translation_editor_offers_no_alias_and_says_who_publishes(own, author, editor):
    target = begun(guide(parent=section(own)))[1]
    said = "an editor publishes it"
    for person, told in ((author, True), (editor, False)):
        answer = signed_in(person).get(edit_address(target)).content.decode()
        assert "&quot;convertToAliasUrl&quot;: null" in answer
        assert (said in answer) is told


def test_the_translation_editor_does_not_publish_with_a_text_missing(administrator):
    translation, draft = begun(standard_page("Contact", lead="Écrivez-nous."))
    translate(translation, all_but=1)
    answer = signed_in(administrator).post(edit_address(draft), {"action": "publish"}, follow=True)
    assert "1 of 3 texts are not translated yet" in answer.content.decode()
    draft.refresh_from_db()
    assert not draft.live


def test_a_complete_translation_is_published(administrator):
    translation, draft = begun(standard_page("Contact", lead="Écrivez-nous."))
    translate(translation)
    signed_in(administrator).post(edit_address(draft), {"action": "publish"})
    draft.refresh_from_db()
    assert draft.live
    assert draft.title == "DE Contact"


def test_no_other_way_publishes_it(administrator):
    _, draft = begun(standard_page("Contact"))
    client = signed_in(administrator)
    answer = client.post(asked(client, draft), {"include_descendants": "on"}, follow=True)
    assert "not translated yet" in answer.content.decode()
    with pytest.raises(IncompleteTranslationError):
        draft.get_latest_revision().publish()
    draft.refresh_from_db()
    assert not draft.live


def test_syncing_with_the_source_does_not_publish_it_either(administrator):
    page = standard_page("Contact")
    translation, draft = begun(page)
    translate(translation)
    translation.save_target(publish=True)
    page.lead = "Neu."
    page.save_revision().publish()
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    signed_in(administrator).post(address, {"publish_translations": "on"}, follow=True)
    draft.refresh_from_db()
    assert draft.lead == ""


def test_the_clock_does_not_publish_it_either(administrator):
    translation, draft = begun(standard_page("Contact"))
    due(draft)
    assert publish_due(at=clock.now()) == 0
    translate(translation)
    due(draft)
    assert publish_due(at=clock.now()) == 0
    assert draft.get_latest_revision().approved_go_live_at is None
    translation.save_target(publish=False)
    draft.refresh_from_db()
    due(draft)
    assert publish_due(at=clock.now()) == 1
    draft.refresh_from_db()
    assert draft.title == "DE Contact"


def due(page) -> None:
    """The newest version of `page` is to go live now."""
    page.revisions.filter(pk=page.latest_revision_id).update(approved_go_live_at=clock.now())


def test_texts_written_after_a_day_was_set_wait_for_their_own_publication(administrator):
    translation, draft = begun(standard_page("Contact"))
    translate(translation)
    type(draft).objects.filter(pk=draft.pk).update(go_live_at=DAY)
    translation.save_target(publish=True)
    StringTranslation.objects.get(data="DE Contact").save()
    arrived(draft)
    assert publish_due(at=clock.now()) == 1
    draft.refresh_from_db()
    assert (draft.live, draft.title) == (True, "DE Contact")


def test_a_draft_that_still_says_what_the_source_says_is_not_published_in_bulk(administrator):
    translation, draft = begun(standard_page("Contact"))
    translate(translation)
    client = signed_in(administrator)
    answer = client.post(asked(client, draft), follow=True)
    assert "this draft is older than its translation" in answer.content.decode()
    draft.refresh_from_db()
    assert not draft.live
    translation.save_target(publish=False)
    client.post(asked(client, draft))
    draft.refresh_from_db()
    assert (draft.live, draft.title) == (True, "DE Contact")


def test_a_page_that_ends_is_taken_off(administrator):
    page = standard_page("Contact")
    StandardPage.objects.filter(pk=page.pk).update(expire_at=clock.now())
    assert publish_due(at=clock.now()) == 1
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def test_a_page_taken_out_of_translation_is_published_like_any_other(administrator):
    translation, draft = begun(standard_page("Contact"))
    translation.enabled = False
    translation.save()
    draft.get_latest_revision().publish()
    draft.refresh_from_db()
    assert draft.live


def state_of(user, title: str, language: str) -> str | None:
    found = [row.state for row in pages(user) if row.title == title and row.language == language]
    return found[0] if found else None


def test_the_list_says_missing_then_nothing_then_out_of_date(administrator):
    page = standard_page("Contact")
    page.save_revision().publish()
    assert state_of(administrator, "Contact", "de") == State.MISSING
    translation, _ = begun(page)
    assert state_of(administrator, "Contact", "de") == State.MISSING
    translate(translation)
    translation.save_target(publish=True)
    assert state_of(administrator, "Contact", "de") is None
    page.refresh_from_db()
    page.save_revision().publish()
    assert state_of(administrator, "Contact", "de") == State.OUTDATED


def test_drafts_wait_for_no_translation(administrator):
    standard_page("Brouillon", live=False)
    assert state_of(administrator, "Brouillon", "de") is None


def test_the_home_pages_are_translations_of_each_other(administrator):
    assert state_of(administrator, home("fr").title, "de") is None


def test_the_addresses_of_home_and_learning_are_given_by_the_house(administrator):
    arabic = Locale.objects.create(language_code="ar")
    for page, address in ((home("fr"), "/ar/"), (LearnPage.objects.get(locale__language_code="fr"), "/ar/learn/")):
        source, _ = TranslationSource.update_or_create_from_instance(page)
        assert not source.stringsegment_set.filter(context__path="slug").exists()
        translation = Translation.objects.create(source=source, target_locale=arabic)
        translate(translation)
        translation.save_target(publish=True)
        target = translation.get_target_instance()
        assert target.live
        assert target.url_path == address
        target.slug = "elsewhere"
        with pytest.raises(ValidationError, match="This address is given"):
            target.full_clean()
        target.save(clean=False)
        assert type(target).objects.get(pk=target.pk).url_path == address


def test_a_language_without_a_place_for_the_page_is_named_and_nothing_is_begun(own, author):
    arabic = Locale.objects.create(language_code="ar")
    page = guide(parent=section(own))
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    client = signed_in(author)
    for answer in (client.get(address), client.post(address, {"locales": [arabic.pk]})):
        assert answer.status_code == 200
        assert "does not stand there yet: Arabic" in answer.content.decode()
    assert not Translation.objects.filter(target_locale=arabic).exists()


def test_a_translation_is_stopped_when_somebody_says_yes(administrator):
    translation, draft = begun(standard_page("Contact"))
    client = signed_in(administrator)
    address = reverse("wagtail_localize:stop_translation", args=[translation.pk])
    question = client.post(address, {"next": edit(draft)}).content.decode()
    assert "Stop this translation?" in question
    translation.refresh_from_db()
    assert translation.enabled
    form = next(form for form in Document(question).forms if "next" in form.names)
    assert client.post(address, dict(form.filled({}, ("sure", "1")))).url == edit(draft)
    translation.refresh_from_db()
    assert not translation.enabled


def test_nobody_is_asked_about_the_translation_of_others(own):
    translation, _draft = begun(guide(parent=section(own)))
    stranger = signed_in(make_member(make_organisation(), Role.EDITOR))
    address = reverse("wagtail_localize:stop_translation", args=[translation.pk])
    for sent in ({}, {"sure": "1"}):
        assert stranger.post(address, sent).status_code in {302, 404}
        translation.refresh_from_db()
        assert translation.enabled


@pytest.mark.parametrize(("language", "words"), [("fr", "Publier dans "), ("de", "Veröffentlichen in "), ("en", None)])
def test_the_button_that_publishes_has_a_blank_before_the_language(administrator, language, words):
    administrator.language = language
    administrator.save()
    said = signed_in(administrator).get(reverse("wagtail_localize:javascript_catalog")).content.decode()
    assert (f'"Publish in ": {json.dumps(words)}' in said) == (words is not None)
