import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.utils import translation

from hrdplatform.organisations.models import Organisation
from hrdplatform.web.texts import State, rooms

pytestmark = pytest.mark.django_db


def organisation(**fields):
    return Organisation.objects.create(**{"slug": "steg", "source_language": "fr", "name_fr": "Passerelle"} | fields)


def test_the_plain_attribute_is_in_the_readers_language_where_there_is_one():
    row = organisation(name_de="Steg")
    with translation.override("de"):
        assert (row.name, row.name.language) == ("Steg", "de")
    with translation.override("ar"):
        assert (row.name, row.name.language) == ("Passerelle", "fr")


def test_a_text_in_another_language_carries_its_language():
    with translation.override("en"):
        drawn = Template("{% load texts %}{% text row.name %}").render(Context({"row": organisation()}))
    assert drawn == '<span lang="fr" dir="ltr">Passerelle</span>'


def test_a_text_in_the_language_of_the_page_stands_bare():
    with translation.override("fr"):
        assert Template("{% load texts %}{% text row.name %}").render(Context({"row": organisation()})) == "Passerelle"


def test_an_element_names_its_language_and_direction_only_where_they_are_not_the_pages():
    source = "{% load texts %}<p{% written_in 'fr' %}></p><p{% written_in 'ar' %}></p><p{% written_in '' %}></p>"
    with translation.override("fr"):
        assert Template(source).render(Context()) == '<p></p><p lang="ar" dir="rtl"></p><p></p>'


def test_a_name_within_a_sentence_is_isolated_and_stays_text():
    drawn = Template("{% load texts %}{{ name|isolated }}").render(Context({"name": "Steg & <b>"}))
    assert drawn == "<bdi>Steg &amp; &lt;b&gt;</bdi>"


@pytest.mark.database
def test_a_row_without_any_name_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        organisation(name_fr="")


def test_setting_the_plain_attribute_writes_the_source_language():
    row = Organisation(name="Steg", source_language="de")
    assert (row.name_de, row.name_fr) == ("Steg", "")


def test_a_translation_is_missing_then_current_then_out_of_date():
    row = organisation()
    assert row.state("fr") == State.SOURCE
    assert row.state("de") == State.MISSING
    row.name_de = "Steg"
    row.confirm("de")
    assert row.state("de") == State.CURRENT
    row.name_fr = "La Passerelle"
    assert row.state("de") == State.OUTDATED


def test_a_text_that_the_source_lacks_is_not_missing_elsewhere():
    row = organisation(name_de="Steg", description_fr="")
    row.confirm("de")
    assert "de" not in row.unfinished()


@pytest.mark.database
def test_queries_name_the_column():
    organisation(name_de="Steg")
    assert Organisation.objects.filter(name_de="Steg").exists()


def test_every_room_with_texts_is_known():
    assert Organisation in rooms()
