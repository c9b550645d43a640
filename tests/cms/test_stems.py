"""Words and their other forms, by the rules of each language; PostgreSQL knows them, SQLite does not."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from wagtail.models import Page

from cms.models import GuidePage
from tests.cms.test_looking import titles
from tests.factories import learning
from tests.factories.cms import planted, standard_page
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.database]
STEMS = connection.vendor == "postgresql"


@pytest.fixture
def sections():
    planted("ar")
    house = make_organisation()
    return {language: learning.section(house, language) for language in ("fr", "de", "lb", "en", "ar")}


def found(client: Client, language: str, words: str) -> list[str]:
    return titles(client.get(f"/{language}/search/", {"q": words}).content)


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("fr", "Protéger vos téléphones", "téléphone protégé"),
        ("de", "Die Rechte der Verteidigerinnen", "Recht Verteidigerin"),
        ("en", "Protecting your phones", "protected phone"),
    ],
)
def test_another_form_of_a_word_is_found_where_the_database_knows_stems(
    client: Client, sections, language, title, words
):
    learning.guide(title, parent=sections[language])
    assert found(client, language, words) == ([title] if STEMS else [])


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("fr", "Protéger vos téléphones", "telephones"),
        ("de", "Größere Übungen", "ubungen"),
        ("lb", "Är Rechter als Verdeedeger", "RECHTER verdeedeger"),
        ("ar", "حماية هاتفك", "هاتفك"),
    ],
)
def test_the_same_word_is_found_in_every_language_with_and_without_accents(
    client: Client, sections, language, title, words
):
    learning.guide(title, parent=sections[language], slug="guide")
    answer = client.get(f"/{language}/search/", {"q": words}).content.decode()
    assert f"/{language}/learn/" in answer
    assert "/guide/" in answer


def test_a_word_is_found_in_the_pages_of_other_languages_too(client: Client, sections):
    learning.guide("Die Familien", parent=sections["de"])
    assert titles(client.get("/fr/search/?q=Familien&language=de").content) == ["Die Familien"]


def test_a_title_counts_for_more_than_a_text(client: Client, sections):
    text = [{"type": "text", "value": "<p>Il y a aussi un code dans ce long texte, mais il parle d’autre chose.</p>"}]
    learning.guide("Autre chose", parent=sections["fr"], body=text)
    learning.guide("Le code", parent=sections["fr"])
    assert found(client, "fr", "code") == ["Le code", "Autre chose"]


def test_what_was_changed_is_found_by_its_new_words_only(client: Client, sections):
    page = learning.guide("Ancien", parent=sections["fr"])
    page.title = "Nouveau"
    page.save_revision().publish()
    assert found(client, "fr", "ancien") == []
    assert found(client, "fr", "nouveau") == ["Nouveau"]


def test_the_office_finds_exact_words_in_every_language_by_whichever_rules_it_asks(sections):
    learning.guide("Les familles", parent=sections["fr"])
    assert [page.title for page in GuidePage.objects.search("familles")] == ["Les familles"]
    assert [page.title for page in Page.objects.search("familles", operator="or")] == ["Les familles"]


def test_a_whole_index_made_anew_finds_the_same(client: Client, sections):
    learning.guide("Protéger vos téléphones", parent=sections["fr"])
    standard_page("Vie privée")
    call_command("update_index", verbosity=0)
    assert found(client, "fr", "telephones") == ["Protéger vos téléphones"]
    assert found(client, "fr", "téléphone") == (["Protéger vos téléphones"] if STEMS else [])
