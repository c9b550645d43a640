"""What changed in a page: told by its editor when it goes live, shown with its day on every page that asks for it."""

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import (
    String,
    StringSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.strings import StringValue

from cms.models import BasePage, Change, ChannelsPage, ModulePage
from hrdplatform.web import clock
from tests.factories.cms import home, planted, standard_page
from tests.factories.library import library

pytestmark = pytest.mark.django_db

NOTE = "The new law stands in it."
step = importlib.import_module("cms.migrations.0010_notes_where_readers_see_them")


def asks(kind: type[BasePage]) -> bool:
    """Whether the editor of such a page is asked what changed."""
    try:
        kind._meta.get_field("change_note")
    except FieldDoesNotExist:
        return False
    return "change_note" in kind.get_edit_handler().get_form_class().base_fields


def one_of_each() -> dict[type, Page]:
    """A live page of every kind."""
    planted()
    made = library("en")
    standard_page("Privacy", slug="privacy", parent=home("en"))
    pages = [page.specific for page in Page.objects.live().filter(locale=made.section.locale, depth__gt=1)]
    return {type(page): page for page in pages}


def test_a_note_is_shown_with_its_day_on_every_page_that_asks_for_one_and_once(client: Client, stopped_clock):
    pages = one_of_each()
    assert set(pages) == {kind for kind in apps.get_models() if issubclass(kind, BasePage)}
    asked = {kind: page for kind, page in pages.items() if asks(kind)}
    assert len(asked) == 7
    for page in asked.values():
        assert NOTE not in client.get(page.url_path).content.decode()
        page.change_note = NOTE
        for title in (page.title, f"{page.title}, corrected"):
            stopped_clock.move(minutes=1)
            page.title = title
            page.save_revision().publish()
        shown = client.get(page.url_path).content.decode()
        day = "23 November 2026"
        assert shown.count(f"<dt>{day}</dt><dd>{NOTE}</dd>") == 1, type(page)
        assert 'id="changes"' in shown


def test_another_note_stands_above_the_first(client: Client, stopped_clock):
    page = one_of_each()[ChannelsPage]
    for note in ("First note", "Second note"):
        stopped_clock.move(days=1)
        page.change_note = note
        page.save_revision().publish()
    shown = client.get(page.url_path).content.decode()
    assert 0 < shown.index("Second note") < shown.index("First note")


def test_what_was_kept_for_nobody_goes_with_the_field():
    pages = one_of_each()
    for page in (pages[ModulePage], pages[ChannelsPage]):
        Change.objects.create(page_id=page.pk, at=clock.now(), note=NOTE)
        source, _ = TranslationSource.update_or_create_from_instance(page)
        context = TranslationContext.objects.create(
            object=TranslatableObject.objects.get(pk=page.translation_key), path="change_note"
        )
        string = String.from_value(page.locale, StringValue.from_plaintext(NOTE))
        StringSegment.objects.create(source=source, context=context, order=9, string=string, attrs="{}")
    step.forwards(apps, None)
    left = StringSegment.objects.filter(context__path="change_note").values_list("source__object", flat=True)
    assert list(left) == [pages[ChannelsPage].translation_key]
    assert [change.page_id for change in Change.objects.all()] == [pages[ChannelsPage].pk]
