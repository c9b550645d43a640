"""The glossary: words by letter, each with an address of its own."""

import re

import pytest
from django.test import Client

from cms.models import Term
from tests.cms.counting import warmed
from tests.factories import learning
from tests.factories.cms import planted

pytestmark = pytest.mark.django_db


def word(slug: str, french: str) -> Term:
    return Term.objects.create(slug=slug, word_fr=french, meaning_fr=f"Ce que {french} veut dire.")


def test_words_stand_in_the_order_of_their_language_under_their_letter(client: Client):
    planted()
    for slug, french in (("c", "zèle"), ("a", "écoute"), ("b", "avocat"), ("d", "empreinte")):
        word(slug, french)
    page = client.get("/fr/learn/glossary/").content.decode()
    assert re.findall(r"<dt>(.*?)</dt>", page) == ["avocat", "écoute", "empreinte", "zèle"]
    assert re.findall(r'<h2 id="letter-.">(.)</h2>', page) == ["A", "E", "Z"]


def test_a_word_can_be_linked_to_and_the_links_of_lessons_lead_there(client: Client):
    planted()
    term = learning.term()
    page = learning.guide("Code", parent=learning.section(), body=[{"type": "term", "value": {"term": term.pk}}])
    assert '<div id="seizure"><dt>saisie</dt>' in client.get("/fr/learn/glossary/").content.decode()
    assert 'href="/fr/learn/glossary/#seizure"' in client.get(page.url_path).content.decode()


def test_a_word_that_this_language_lacks_is_marked(client: Client):
    planted()
    word("a", "écoute")
    page = client.get("/de/learn/glossary/").content.decode()
    assert '<dt><span lang="fr" dir="ltr">écoute</span></dt>' in page


def test_an_empty_glossary_says_so(client: Client):
    planted()
    assert "No word is explained yet." in client.get("/en/learn/glossary/").content.decode()


@pytest.mark.parametrize("terms", [1, 3])
def test_the_glossary_costs_the_same_queries_at_one_word_and_at_three(client: Client, django_assert_num_queries, terms):
    planted()
    for number in range(terms):
        word(f"word-{number}", f"mot {number}")
    address = warmed(client, "/fr/learn/glossary/")
    with django_assert_num_queries(5):
        client.get(address)
